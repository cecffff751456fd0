package io.graft.platform.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.StoredObject;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link ArtifactStore}. Each test works under its own prefix, so that the store may be shared. */
public abstract class ArtifactStoreContract {
    /** Longer than three parts of the smallest allowed size, so that a large file is what it must be. */
    private static final int LARGE = (15 << 20) + 17;

    @TempDir
    protected Path folder;

    /** The store under test; the same one for every call. */
    protected abstract ArtifactStore store();

    @Test
    void keepsBytesAndReplacesThem() throws IOException {
        store().put("keeps/a", bytes("first"));
        store().put("keeps/a", bytes("the second"));

        assertThat(read("keeps/a")).isEqualTo("the second");
        assertThat(store().stat("keeps/a")).contains(new StoredObject("keeps/a", 10));
    }

    @Test
    void keepsAnEmptyObject() throws IOException {
        store().put("empty/bytes", new byte[0]);
        store().put("empty/file", StoredFiles.write(folder.resolve("empty"), new byte[0]));

        assertThat(read("empty/bytes")).isEmpty();
        assertThat(store().stat("empty/file")).contains(new StoredObject("empty/file", 0));
    }

    @Test
    void largeFileComesBackByteForByte() throws IOException {
        byte[] content = StoredFiles.bytes(7, LARGE);
        Path file = StoredFiles.write(folder.resolve("large"), content);

        store().put("large/object", file);
        store().get("large/object", folder.resolve("back"));

        assertThat(Files.mismatch(file, folder.resolve("back"))).isEqualTo(-1);
    }

    @Test
    void absentObjectIsNamed() {
        assertThat(store().stat("absent/x")).isEmpty();
        assertFails(ErrorCode.NOT_FOUND, "absent/x", () -> store().open("absent/x"));
        assertFails(ErrorCode.NOT_FOUND, "absent/x", () -> store().open("absent/x", 1, 2));
        assertFails(ErrorCode.NOT_FOUND, "absent/x", () -> store().get("absent/x", folder.resolve("x")));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readsRanges() throws IOException {
        store().put("range/digits", bytes("0123456789"));

        assertThat(read("range/digits", 3, 4)).isEqualTo("3456");
        assertThat(read("range/digits", 0, 1)).isEqualTo("0");
        assertThat(read("range/digits", 9, 1)).isEqualTo("9");
        assertThat(read("range/digits", 5, 0)).isEmpty();
        assertThat(read("range/digits", 8, 100)).isEqualTo("89");
    }

    @Test
    void downloadNeverReplacesAFile() throws IOException {
        store().put("download/a", bytes("new"));
        Path file = StoredFiles.write(folder.resolve("there"), bytes("old"));

        assertThatThrownBy(() -> store().get("download/a", file)).hasMessageContaining("there");
        assertThat(file).hasContent("old");
    }

    @Test
    void putIfAbsentKeepsTheFirst() throws IOException {
        assertThat(store().putIfAbsent("once/manifest", bytes("first"))).isTrue();
        assertThat(store().putIfAbsent("once/manifest", bytes("second"))).isFalse();

        assertThat(read("once/manifest")).isEqualTo("first");
    }

    @Test
    void oneOfManyWritersWins() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> tries = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> store().putIfAbsent("race/manifest", bytes("writer " + i)))
                    .toList();
            int won = 0;
            for (Future<Boolean> tried : writers.invokeAll(tries)) {
                won += tried.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void listsByKeyOverManyPages() {
        List<String> keys = IntStream.range(0, 23)
                .mapToObj(i -> "list/%02d/file".formatted(i))
                .toList();
        keys.reversed().forEach(key -> store().put(key, bytes(key)));
        store().put("list-not-this", bytes("other prefix"));

        try (Stream<StoredObject> found = store().list("list/")) {
            assertThat(found)
                    .containsExactlyElementsOf(keys.stream()
                            .map(key -> new StoredObject(key, key.length()))
                            .toList());
        }
        try (Stream<StoredObject> none = store().list("nothing-here/")) {
            assertThat(none).isEmpty();
        }
    }

    @Test
    void deletesWhatIsThereAndPassesOverTheRest() {
        store().put("delete/a", bytes("a"));
        store().put("delete/b", bytes("b"));
        store().put("delete/keep", bytes("keep"));

        store().delete(List.of("delete/a", "delete/absent", "delete/b"));
        store().delete(List.of());

        try (Stream<StoredObject> left = store().list("delete/")) {
            assertThat(left).extracting(StoredObject::key).containsExactly("delete/keep");
        }
    }

    private String read(String key) throws IOException {
        try (InputStream content = store().open(key)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String read(String key, long offset, long length) throws IOException {
        try (InputStream content = store().open(key, offset, length)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertFails(ErrorCode code, String named, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(GraftException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(named);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
