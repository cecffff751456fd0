package io.graft.cli.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.ModelFolder;
import io.graft.cli.peer.Services;
import io.graft.v1.ArtifactFile;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.SetAliasRequest;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    @TempDir
    Path home = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        ModelFolder.write(folder, 1);
        services.on(RegistryServiceGrpc.getGetModelMethod(), request -> Model.getDefaultInstance());
        services.on(
                RegistryServiceGrpc.getCreateUploadMethod(),
                request -> Upload.newBuilder()
                        .setState(UploadState.UPLOAD_STATE_COMMITTED)
                        .setVersion(request.getParent() + "/versions/4")
                        .build());
        services.on(RegistryServiceGrpc.getGetModelVersionMethod(), request -> ModelVersion.getDefaultInstance());
        services.on(RegistryServiceGrpc.getSetAliasMethod(), SetAliasRequest::getAlias);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void aFolderIsCheckedAndWhatIsNoPartOfAModelIsLeftOut() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");

        CommandRun run =
                CommandRun.of(services, home, "import", folder.toString(), "--model", "bge", "--alias", "base");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("notes.txt");
        assertThat(services.requests(CreateUploadRequest.class).getFirst().getFilesList())
                .extracting(ArtifactFile::getPath)
                .containsExactly("config.json", "model.safetensors", "tokenizer.json");
        assertThat(services.requests(SetAliasRequest.class).getFirst().getAlias())
                .satisfies(alias -> {
                    assertThat(alias.getName()).isEqualTo("tenants/default/models/bge/aliases/base");
                    assertThat(alias.getVersion()).isEqualTo("tenants/default/models/bge/versions/4");
                });
    }

    @Test
    void aPublishedModelThatIsStagedIsTakenFromThereUnderItsName() {
        ModelFolder.write(home.resolve("cache/models/bge-small-zh"), 2);

        CommandRun run = CommandRun.of(services, home, "import", "bge-small-zh");

        assertThat(run.exit()).isZero();
        assertThat(services.requests(CreateUploadRequest.class).getFirst().getParent())
                .isEqualTo("tenants/default/models/bge-small-zh");
    }

    @Test
    void whatIsNoModelIsRefusedWithTheReasonOfTheCheck() throws IOException {
        Files.delete(folder.resolve("config.json"));
        CommandRun incomplete = CommandRun.of(services, home, "import", folder.toString(), "--model", "bge");
        ModelFolder.write(folder, 1);
        Files.write(folder.resolve("model.safetensors"), new byte[] {1, 2, 3});
        CommandRun damaged = CommandRun.of(services, home, "import", folder.toString(), "--model", "bge", "-o", "json");

        assertThat(incomplete.exit()).isEqualTo(3).isEqualTo(damaged.exit());
        assertThat(incomplete.err()).contains("FILE_MISSING").contains("config.json");
        assertThat(damaged.json().getAsJsonObject("error").get("message").getAsString())
                .contains("model.safetensors");
        assertThat(services.requests(CreateUploadRequest.class)).isEmpty();
    }

    @Test
    void aSourceThatIsNothingListsWhatThereIs() {
        CommandRun run = CommandRun.of(services, home, "import", "bge-large", "--model", "bge");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("bge-small-en, bge-small-en-v1.5, e5-small-v2, bge-small-zh");
    }

    @Test
    void aFolderNeedsAModel() {
        assertThat(CommandRun.of(services, home, "import", folder.toString()).err())
                .contains("--model");
    }
}
