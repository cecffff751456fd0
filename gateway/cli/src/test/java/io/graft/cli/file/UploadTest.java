package io.graft.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.rpc.Code;
import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.cli.peer.Store;
import io.graft.v1.ArtifactFile;
import io.graft.v1.CommitUploadRequest;
import io.graft.v1.CreateModelRequest;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.GetUploadRequest;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.Upload;
import io.graft.v1.UploadState;
import io.graft.v1.VersionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
    private static final String UPLOAD = "tenants/default/uploads/u1";
    private static final String VERSION = "tenants/default/models/bge/versions/1";

    @TempDir
    Path home = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private final Services services = new Services();
    private final Store store = new Store();
    private final Map<String, byte[]> content = new TreeMap<>(Map.of(
            "config.json", bytes("{\"model_type\":\"bert\"}"),
            "model.safetensors", "w".repeat(300_000).getBytes(StandardCharsets.UTF_8),
            "1_Pooling/config.json", bytes("{}")));

    @BeforeEach
    void prepare() throws IOException {
        for (Map.Entry<String, byte[]> file : content.entrySet()) {
            Files.createDirectories(folder.resolve(file.getKey()).getParent());
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Files.write(folder.resolve(".hidden"), bytes("x"));
        services.on(RegistryServiceGrpc.getGetModelMethod(), request -> Model.getDefaultInstance());
        services.on(
                RegistryServiceGrpc.getCreateUploadMethod(),
                request -> Upload.newBuilder()
                        .setName(UPLOAD)
                        .setState(UploadState.UPLOAD_STATE_OPEN)
                        .build());
        services.on(RegistryServiceGrpc.getGetModelVersionMethod(), request -> ModelVersion.getDefaultInstance());
        services.on(RegistryServiceGrpc.getGetUploadMethod(), request -> open());
        services.on(
                RegistryServiceGrpc.getCommitUploadMethod(),
                request -> Upload.newBuilder()
                        .setName(UPLOAD)
                        .setState(UploadState.UPLOAD_STATE_COMMITTED)
                        .setVersion(VERSION)
                        .build());
    }

    @AfterEach
    void stop() {
        services.close();
        store.close();
    }

    @Test
    void everyFileIsAnnouncedSentAndCommitted() {
        CommandRun run = upload("-o", "json");

        assertThat(run.exit()).isZero();
        assertThat(run.json().get("version").getAsString()).isEqualTo(VERSION);
        assertThat(store.objects).containsExactlyInAnyOrderEntriesOf(content);
        CreateUploadRequest announced =
                services.requests(CreateUploadRequest.class).getFirst();
        assertThat(announced.getFilesList())
                .extracting(ArtifactFile::getPath, ArtifactFile::getSize, ArtifactFile::getSha256)
                .containsExactlyElementsOf(content.entrySet().stream()
                        .map(e -> tuple(e.getKey(), (long) e.getValue().length, Store.sha256(e.getValue())))
                        .toList());
    }

    @Test
    void anInterruptedUploadGoesOnWithWhatIsMissing() {
        store.objects.put("model.safetensors", content.get("model.safetensors"));

        assertThat(upload().exit()).isZero();
        assertThat(upload().exit()).isZero();

        assertThat(store.log).containsExactlyInAnyOrder("PUT 1_Pooling/config.json", "PUT config.json");
        assertThat(services.requests(CreateUploadRequest.class))
                .extracting(CreateUploadRequest::getRequestId)
                .hasSize(2)
                .containsOnly(
                        services.requests(CreateUploadRequest.class).getFirst().getRequestId())
                .allMatch(id -> id.startsWith("upload-"));
    }

    @Test
    void anotherContentIsAnotherRequest() throws IOException {
        upload();
        Files.write(folder.resolve("config.json"), bytes("{\"model_type\":\"llama\"}"));
        upload();

        assertThat(services.requests(CreateUploadRequest.class))
                .extracting(CreateUploadRequest::getRequestId)
                .doesNotHaveDuplicates();
    }

    @Test
    void aStoreThatFailsForAWhileAndUrlsThatEndAreOvercome() {
        store.faults.addAll(List.of(503, 403, 500));

        assertThat(upload().exit()).isZero();
        assertThat(store.objects).containsExactlyInAnyOrderEntriesOf(content);
    }

    @Test
    void aStoreThatHangsUpOnUrlsThatEndedIsAskedAgainWithFreshOnes() throws IOException {
        int attempts = Retries.DEFAULT.attempts();
        Files.delete(folder.resolve("config.json"));
        Files.delete(folder.resolve("1_Pooling/config.json"));
        content.keySet().retainAll(Set.of("model.safetensors"));
        store.faults.addAll(Collections.nCopies(attempts, Store.HANG_UP));

        CommandRun run = upload();

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("The store did not take model.safetensors");
        assertThat(store.objects).containsExactlyInAnyOrderEntriesOf(content);
        assertThat(store.log).hasSize(attempts + 1);
        assertThat(services.requests(GetUploadRequest.class)).hasSize(3);
    }

    @Test
    void aStoreThatKeepsRefusingIsUnavailableAndNothingIsCommitted() {
        for (int i = 0; i < 20; i++) {
            store.faults.add(403);
        }

        CommandRun run = upload("-o", "json");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.json().getAsJsonObject("error").get("reason").getAsString())
                .isEqualTo("UPLOAD_STALLED");
        assertThat(services.requests(CommitUploadRequest.class)).isEmpty();
    }

    @Test
    void contentThatExistsIsNotSentAgain() {
        services.on(
                RegistryServiceGrpc.getCreateUploadMethod(),
                request -> Upload.newBuilder()
                        .setState(UploadState.UPLOAD_STATE_COMMITTED)
                        .setVersion(VERSION)
                        .build());

        CommandRun run = upload();

        assertThat(run.out()).contains(VERSION);
        assertThat(store.log).isEmpty();
    }

    @Test
    void anExpiredUploadIsBegunAnew() {
        services.on(
                RegistryServiceGrpc.getCreateUploadMethod(),
                request -> Upload.newBuilder()
                        .setName(UPLOAD)
                        .setState(
                                request.getRequestId().endsWith("-2")
                                        ? UploadState.UPLOAD_STATE_OPEN
                                        : UploadState.UPLOAD_STATE_EXPIRED)
                        .build());

        assertThat(upload().exit()).isZero();
    }

    @Test
    void contentWhoseVersionIsQuarantinedIsSentAgain() {
        String damaged = "tenants/default/models/bge/versions/9";
        services.on(
                RegistryServiceGrpc.getCreateUploadMethod(),
                request -> request.getRequestId().endsWith("-2")
                        ? Upload.newBuilder()
                                .setName(UPLOAD)
                                .setState(UploadState.UPLOAD_STATE_OPEN)
                                .build()
                        : Upload.newBuilder()
                                .setState(UploadState.UPLOAD_STATE_COMMITTED)
                                .setVersion(damaged)
                                .build());
        services.on(
                RegistryServiceGrpc.getGetModelVersionMethod(),
                request -> ModelVersion.newBuilder()
                        .setState(VersionState.VERSION_STATE_QUARANTINED)
                        .build());

        assertThat(upload().out()).contains(VERSION);
    }

    @Test
    void anAbsentModelIsCreated() {
        services.on(RegistryServiceGrpc.getGetModelMethod(), request -> {
            throw Services.refusal(Code.NOT_FOUND, "NOT_FOUND", "No model").asRuntime();
        });
        services.on(RegistryServiceGrpc.getCreateModelMethod(), request -> Model.getDefaultInstance());

        CommandRun run = upload();

        assertThat(run.err()).contains("Created model bge");
        assertThat(services.requests(CreateModelRequest.class))
                .extracting(CreateModelRequest::getModelId)
                .containsExactly("bge");
    }

    @Test
    void aPickleIsRefusedBeforeAnythingIsAsked() throws IOException {
        Files.write(folder.resolve("pytorch_model.bin"), bytes("x"));

        CommandRun run = upload();

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .contains("UNSUPPORTED_FILE")
                .contains("pytorch_model.bin")
                .contains("--exclude");
        assertThat(services.requests(CreateUploadRequest.class)).isEmpty();
        assertThat(upload("--exclude", "*.bin").exit()).isZero();
    }

    @Test
    void aFolderThatIsAbsentIsUsage() {
        assertThat(CommandRun.of(services, home, "upload", "/nowhere", "--model", "bge")
                        .exit())
                .isEqualTo(2);
    }

    private CommandRun upload(String... more) {
        String[] arguments = Stream.concat(Stream.of("upload", folder.toString(), "--model", "bge"), Stream.of(more))
                .toArray(String[]::new);
        return CommandRun.of(services, home, arguments);
    }

    private Upload open() {
        Upload.Builder upload = Upload.newBuilder().setName(UPLOAD).setState(UploadState.UPLOAD_STATE_OPEN);
        content.forEach((path, bytes) -> {
            if (!store.objects.containsKey(path)) {
                upload.addTargets(store.put(path, bytes));
            }
        });
        return upload.build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
