package io.graft.platform.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.embedded.EmbeddedS3;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.testkit.contract.StoredFiles;
import io.minio.CreateMultipartUploadArgs;
import io.minio.ListMultipartUploadsArgs;
import io.minio.messages.ListMultipartUploadsResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store behind a network that fails. */
final class MinioArtifactStoreTest {
    private static final int TWO_PARTS = (6 << 20) + 5;

    private static EmbeddedS3 server;
    private FaultyNetwork network;
    private MinioArtifactStore store;

    @TempDir
    static Path directory;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() {
        server = TestStore.start(directory);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        network = FaultyNetwork.before(server.port());
        store = MinioArtifactStore.connect(TestStore.settings(network.port()), TestStore.LIMITS);
    }

    @AfterEach
    void disconnect() throws IOException {
        store.close();
        network.close();
    }

    @Test
    void partThatIsCutIsSentAgain() throws IOException {
        Path file = large("cut-part");
        FaultyNetwork.Fault fault = network.cutUpload("PUT [^ ]*partNumber=1", 2, 1 << 20);

        store.put("cut-part", file);

        assertThat(fault.times()).hasValueLessThanOrEqualTo(0);
        assertThat(digest("cut-part")).isEqualTo(digest(file));
    }

    @Test
    void uploadThatFailsIsAborted() {
        Path file = large("abandoned");
        network.cutUpload("PUT [^ ]*partNumber=2", Integer.MAX_VALUE, 1 << 16);

        assertUnavailable("abandoned", () -> store.put("abandoned", file));

        assertThat(uploads("abandoned")).isEmpty();
        assertThat(store.stat("abandoned")).isEmpty();
    }

    @Test
    void completionWhoseAnswerIsLostCounts() throws IOException {
        Path file = large("lost-answer");
        network.cutDownload("POST [^ ]*lost-answer\\?uploadId=", 1, 0);

        store.put("lost-answer", file);

        assertThat(digest("lost-answer")).isEqualTo(digest(file));
    }

    @Test
    void downloadResumesWhereItWasCut() throws IOException {
        Path file = large("cut-get");
        store.put("cut-get", file);
        FaultyNetwork.Fault fault = network.cutDownload("GET [^ ]*cut-get", 2, 1 << 20);

        store.get("cut-get", folder.resolve("back"));

        assertThat(fault.times()).hasValueLessThanOrEqualTo(0);
        assertThat(Files.mismatch(file, folder.resolve("back"))).isEqualTo(-1);
    }

    @Test
    void downloadThatFailsLeavesNoFile() {
        store.put("never-whole", large("never-whole"));
        network.cutDownload("GET [^ ]*never-whole", Integer.MAX_VALUE, 100);

        assertUnavailable("never-whole", () -> store.get("never-whole", folder.resolve("back")));

        assertThat(folder.resolve("back")).doesNotExist();
        assertThat(folder.resolve(".back.part")).doesNotExist();
    }

    @Test
    void busyStoreIsAskedAgain() {
        FaultyNetwork.Fault fault = network.busy("PUT [^ ]*/busy", 2);

        store.put("busy", new byte[] {1});

        assertThat(fault.times()).hasValueLessThanOrEqualTo(0);
        assertThat(store.stat("busy")).isPresent();
    }

    @Test
    void storeThatStaysBusyIsUnavailable() {
        network.busy("HEAD [^ ]*/overloaded", Integer.MAX_VALUE);

        assertUnavailable("overloaded", () -> store.stat("overloaded"));
    }

    @Test
    void storeThatIsNotThereIsUnavailable() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }

        assertUnavailable(
                "127.0.0.1:" + nobody,
                () -> MinioArtifactStore.connect(TestStore.settings(nobody), TestStore.LIMITS)
                        .close());
    }

    @Test
    void wrongKeyNamesTheCure() {
        S3Settings wrong =
                new S3Settings(TestStore.settings(server.port()).endpoint(), "graft", "us-east-1", "test-key", "guess");

        assertUnavailable(
                "credentials",
                () -> MinioArtifactStore.connect(wrong, TestStore.LIMITS).close());
    }

    @Test
    void abortsEveryUploadUnderThePrefixAndNoOther() {
        for (int i = 0; i < 12; i++) {
            beginUpload("left/behind/" + i);
        }
        beginUpload("other/upload");

        store.abortUploads("left/");

        assertThat(uploads("left/")).isEmpty();
        assertThat(uploads("other/")).hasSize(1);
    }

    @Test
    void environmentNamesEveryAbsentVariable() {
        assertThatThrownBy(() -> S3Settings.fromEnvironment(Map.of("GRAFT_S3_BUCKET", "graft")))
                .hasMessageContainingAll(
                        "GRAFT_S3_ENDPOINT", "GRAFT_S3_REGION", "GRAFT_S3_ACCESS_KEY", "GRAFT_S3_SECRET_KEY");
    }

    @Test
    void secretIsNotPrinted() {
        assertThat(TestStore.settings(server.port()).toString()).doesNotContain("test-secret");
    }

    private static void assertUnavailable(String named, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(GraftException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
            assertThat(e).hasMessageContaining(named);
        });
    }

    private Path large(String name) {
        return StoredFiles.write(folder.resolve(name), StoredFiles.bytes(name.hashCode(), TWO_PARTS));
    }

    private String digest(String key) throws IOException {
        try (InputStream content = store.open(key)) {
            return ContentDigest.sha256(content);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return ContentDigest.sha256(content);
        }
    }

    private static void beginUpload(String key) {
        try (S3Connection direct = S3Connection.open(TestStore.settings(server.port()), TestStore.LIMITS)) {
            direct.client()
                    .createMultipartUpload(CreateMultipartUploadArgs.builder()
                            .bucket("graft")
                            .object(key)
                            .build())
                    .join();
        }
    }

    private static List<ListMultipartUploadsResult.Upload> uploads(String prefix) {
        try (S3Connection direct = S3Connection.open(TestStore.settings(server.port()), TestStore.LIMITS)) {
            return direct.client()
                    .listMultipartUploads(ListMultipartUploadsArgs.builder()
                            .bucket("graft")
                            .prefix(prefix)
                            .build())
                    .join()
                    .result()
                    .uploads();
        }
    }
}
