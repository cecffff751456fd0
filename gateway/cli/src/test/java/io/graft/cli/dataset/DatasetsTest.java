package io.graft.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.ArtifactFile;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import io.graft.v1.GetDatasetVersionRequest;
import io.graft.v1.ListDatasetVersionsResponse;
import io.graft.v1.ListDatasetsResponse;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    private static final String DATASET = "tenants/default/datasets/sms";

    @TempDir
    Path home = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private final Services services = new Services();

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void aDatasetIsCreatedListedAndShown() {
        Dataset dataset = Dataset.newBuilder()
                .setName(DATASET)
                .setDescription("spam")
                .setLatestVersion(2)
                .build();
        services.on(RegistryServiceGrpc.getCreateDatasetMethod(), request -> dataset);
        services.on(RegistryServiceGrpc.getGetDatasetMethod(), request -> dataset);
        services.on(
                RegistryServiceGrpc.getListDatasetsMethod(),
                request ->
                        ListDatasetsResponse.newBuilder().addDatasets(dataset).build());

        assertThat(CommandRun.of(services, home, "datasets", "create", "sms").out())
                .contains(DATASET);
        assertThat(CommandRun.of(services, home, "datasets", "get", "sms").out())
                .contains("latest version  2");
        assertThat(CommandRun.of(services, home, "datasets", "list").out()).contains("sms      2");
    }

    @Test
    void aVersionIsShownWithItsFiles() {
        DatasetVersion version = DatasetVersion.newBuilder()
                .setName(DATASET + "/versions/2")
                .addFiles(ArtifactFile.newBuilder().setPath("train.jsonl").setSize(10))
                .build();
        services.on(RegistryServiceGrpc.getGetDatasetVersionMethod(), request -> version);
        services.on(
                RegistryServiceGrpc.getListDatasetVersionsMethod(),
                request -> ListDatasetVersionsResponse.newBuilder()
                        .addDatasetVersions(version)
                        .build());

        assertThat(CommandRun.of(services, home, "datasets", "get", "sms/2").out())
                .contains("train.jsonl");
        assertThat(services.requests(GetDatasetVersionRequest.class).getFirst().getName())
                .isEqualTo(DATASET + "/versions/2");
        assertThat(CommandRun.of(services, home, "datasets", "versions", "sms").out())
                .contains("VERSION", "\n2 ");
    }

    @Test
    void aFolderIsUploadedToADatasetThatIsNotCreatedSilently() throws IOException {
        Files.writeString(folder.resolve("train.jsonl"), "{}\n");
        services.on(
                RegistryServiceGrpc.getCreateUploadMethod(),
                request -> Upload.newBuilder()
                        .setState(UploadState.UPLOAD_STATE_COMMITTED)
                        .setVersion(DATASET + "/versions/1")
                        .build());

        CommandRun run = CommandRun.of(services, home, "datasets", "upload", folder.toString(), "--dataset", "sms");

        assertThat(run.out()).contains(DATASET + "/versions/1");
        assertThat(services.requests(CreateUploadRequest.class).getFirst().getParent())
                .isEqualTo(DATASET);
    }
}
