package io.graft.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.cli.peer.Store;
import io.graft.v1.CreateDownloadRequest;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.CreateReportDownloadRequest;
import io.graft.v1.JobServiceGrpc;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WEIGHTS = weights();

    @TempDir
    Path home = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private final Services services = new Services();
    private final Store store = new Store();

    @BeforeEach
    void prepare() {
        store.objects.put("config.json", CONFIG);
        store.objects.put("model.safetensors", WEIGHTS);
        services.on(
                RegistryServiceGrpc.getCreateDownloadMethod(),
                request -> CreateDownloadResponse.newBuilder()
                        .addFiles(store.get("config.json", CONFIG))
                        .addFiles(store.get("model.safetensors", WEIGHTS))
                        .build());
    }

    @AfterEach
    void stop() {
        services.close();
        store.close();
    }

    @Test
    void everyFileIsFetchedAndInPlace() throws IOException {
        CommandRun run = download("-o", "json");

        assertThat(run.exit()).isZero();
        assertThat(folder.resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
        assertThat(names()).containsExactlyInAnyOrder("config.json", "model.safetensors");
        assertThat(run.json().getAsJsonArray("files")).hasSize(2);
    }

    @Test
    void theReportOfAJobIsShownAsLinksOrFetched() throws IOException {
        services.on(
                JobServiceGrpc.getCreateReportDownloadMethod(),
                request -> CreateDownloadResponse.newBuilder()
                        .addFiles(store.get("config.json", CONFIG))
                        .build());

        CommandRun links = CommandRun.of(services, home, "jobs", "report", "measured");
        assertThat(links.exit()).isZero();
        assertThat(links.out()).contains("config.json").contains("http://").contains("The links end at");
        assertThat(names()).isEmpty();

        assertThat(CommandRun.of(services, home, "jobs", "report", "measured", folder.toString())
                        .exit())
                .isZero();
        assertThat(folder.resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(services.requests(CreateReportDownloadRequest.class))
                .extracting(CreateReportDownloadRequest::getName)
                .containsOnly("tenants/default/jobs/measured");
    }

    @Test
    void aDamagedByteIsAnErrorAndTheFileIsAbsent() throws IOException {
        byte[] damaged = WEIGHTS.clone();
        damaged[damaged.length / 2] ^= 1;
        store.objects.put("model.safetensors", damaged);

        CommandRun run = download("-o", "json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.json().getAsJsonObject("error").get("reason").getAsString())
                .isEqualTo("DIGEST_MISMATCH");
        assertThat(run.err()).contains("file = model.safetensors").contains("expected = " + Store.sha256(WEIGHTS));
        assertThat(names()).doesNotContain("model.safetensors", ".model.safetensors.part");
    }

    @Test
    void completeFilesAreNotFetchedAgain() throws IOException {
        download();
        store.log.clear();
        Files.delete(folder.resolve("config.json"));

        CommandRun run = download();

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("was there");
        assertThat(store.log).containsExactly("GET config.json");
    }

    @Test
    void aPartThatAnInterruptedTryLeftIsGoneOnWith() throws IOException {
        Files.write(folder.resolve(".model.safetensors.part"), Arrays.copyOf(WEIGHTS, 100_000));

        assertThat(download().exit()).isZero();

        assertThat(store.log).contains("GET model.safetensors bytes=100000-");
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aPartThatIsDamagedIsFetchedAgainFromTheBeginning() throws IOException {
        Files.write(folder.resolve(".model.safetensors.part"), new byte[100_000]);

        assertThat(download().exit()).isZero();

        assertThat(store.log).contains("GET model.safetensors bytes=100000-", "GET model.safetensors");
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void aFileOfAnotherContentStaysUnlessToldOtherwise() throws IOException {
        Files.writeString(folder.resolve("config.json"), "mine");

        CommandRun refused = download();
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("--overwrite");
        assertThat(folder.resolve("config.json")).hasContent("mine");

        assertThat(download("--overwrite").exit()).isZero();
        assertThat(folder.resolve("config.json")).hasBinaryContent(CONFIG);
    }

    @Test
    void aUrlThatEndedIsAskedForAgain() {
        store.faults.add(403);

        assertThat(download().exit()).isZero();
        assertThat(services.requests(CreateDownloadRequest.class)).hasSize(2);
    }

    @Test
    void aPathThatClimbsOutIsRefused() {
        services.on(
                RegistryServiceGrpc.getCreateDownloadMethod(),
                request -> CreateDownloadResponse.newBuilder()
                        .addFiles(store.get("config.json", CONFIG).toBuilder().setPath("../evil"))
                        .build());

        assertThat(download().exit()).isEqualTo(3);
        assertThat(folder.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void anAliasIsResolvedFirst() {
        services.on(
                RegistryServiceGrpc.getGetModelVersionMethod(),
                request -> ModelVersion.newBuilder()
                        .setName("tenants/default/models/bge/versions/7")
                        .build());

        CommandRun.of(services, home, "download", "bge@base", folder.toString());

        assertThat(services.requests(CreateDownloadRequest.class).getFirst().getName())
                .isEqualTo("tenants/default/models/bge/versions/7");
    }

    private CommandRun download(String... more) {
        String[] arguments = Stream.concat(Stream.of("download", "bge/1", folder.toString()), Stream.of(more))
                .toArray(String[]::new);
        return CommandRun.of(services, home, arguments);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] weights() {
        byte[] bytes = new byte[250_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
