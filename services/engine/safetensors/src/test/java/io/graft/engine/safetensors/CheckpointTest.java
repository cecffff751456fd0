package io.graft.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {
    private static final TensorSpec A = new TensorSpec("a", Dtype.U8, List.of(3L));
    private static final TensorSpec B = new TensorSpec("b", Dtype.F32, List.of(2L, 2L));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenComesBack() throws IOException {
        write("model", 100, A, B);
        try (Checkpoint checkpoint = Checkpoint.openFolder(folder)) {
            assertThat(checkpoint.listing()).containsExactly(B, A);
            assertThat(checkpoint.metadata()).containsExactly(Map.entry("format", "pt"));
            ByteBuffer two = ByteBuffer.allocate(2);
            checkpoint.read("a", 1, two);
            assertThat(two.array()).containsExactly(1, 2);
        }
        assertThat(Files.readString(folder.resolve("model.safetensors"), StandardCharsets.ISO_8859_1)
                        .substring(8))
                .startsWith("{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[16,19]}}");
        assertThat((Files.size(folder.resolve("model.safetensors")) - 19) % 8).isZero();
    }

    @Test
    void shardsAreFoundThroughTheIndex() throws IOException {
        write("model", 16, A, B);
        assertThat(names())
                .containsExactly(
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json");
        assertThat(Files.readString(folder.resolve("model.safetensors.index.json")))
                .isEqualTo("""
                {
                  "metadata": {
                    "total_size": 19
                  },
                  "weight_map": {
                    "a": "model-00001-of-00002.safetensors",
                    "b": "model-00002-of-00002.safetensors"
                  }
                }
                """);
        try (Checkpoint checkpoint = Checkpoint.openFolder(folder)) {
            assertThat(checkpoint.listing()).containsExactly(A, B);
            assertThat(checkpoint.files()).hasSize(2);
        }
    }

    @Test
    void aRangeOutsideTheTensorIsRefused() throws IOException {
        write("model", 100, A, B);
        try (Checkpoint checkpoint = Checkpoint.openFolder(folder)) {
            assertProblem(Problem.RANGE, () -> checkpoint.read("a", 2, ByteBuffer.allocate(2)));
            assertProblem(Problem.RANGE, () -> checkpoint.read("a", -1, ByteBuffer.allocate(1)));
            assertProblem(Problem.MISSING_TENSOR, () -> checkpoint.read("c", 0, ByteBuffer.allocate(1)));
        }
    }

    @Test
    void anAbsentShardIsRefused() throws IOException {
        write("model", 16, A, B);
        Files.delete(folder.resolve("model-00002-of-00002.safetensors"));
        assertProblem(Problem.MISSING_SHARD, () -> Checkpoint.openFolder(folder));
    }

    @Test
    void anIndexEntryWithoutTensorIsRefused() throws IOException {
        write("model", 16, A, B);
        edit("\"a\":", "\"a\": \"model-00001-of-00002.safetensors\", \"c\":");
        assertProblem(Problem.MISSING_TENSOR, () -> Checkpoint.openFolder(folder));
    }

    @Test
    void anIndexEntryForTheWrongShardIsRefused() throws IOException {
        write("model", 16, A, B);
        edit("\"a\": \"model-00001", "\"a\": \"model-00002");
        edit("\"b\": \"model-00002", "\"b\": \"model-00001");
        assertProblem(Problem.MISSING_TENSOR, () -> Checkpoint.openFolder(folder));
    }

    @Test
    void aTensorTheIndexDoesNotNameIsRefused() throws IOException {
        write("model", 16, A, B);
        writeFile("model-00001-of-00002", A, new TensorSpec("c", Dtype.U8, List.of()));
        assertProblem(Problem.UNINDEXED_TENSOR, () -> Checkpoint.openFolder(folder));
    }

    @Test
    void aTensorInTwoShardsIsRefused() throws IOException {
        write("model", 16, A, B);
        writeFile("model-00001-of-00002", A, B);
        assertProblem(Problem.DUPLICATE_TENSOR, () -> Checkpoint.openFolder(folder));
    }

    @Test
    void aShardTheIndexDoesNotNameIsRefused() throws IOException {
        write("model", 16, A, B);
        writeFile("model-00003-of-00003", new TensorSpec("c", Dtype.U8, List.of()));
        assertProblem(Problem.UNINDEXED_SHARD, () -> Checkpoint.openFolder(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x.safetensors", "/x.safetensors", "a/b.safetensors", "a\\\\b.safetensors", "x.bin", ".."})
    void aShardNameThatLeavesTheFolderIsRefused(String shard) throws IOException {
        write("model", 16, A, B);
        edit("model-00001-of-00002.safetensors", shard);
        assertProblem(Problem.UNSAFE_PATH, () -> Checkpoint.openFolder(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"weight_map\":{}}", "{\"weight_map\":{\"a\":1}}", "{\"weight_map\":", ""})
    void aMalformedIndexIsRefused(String text) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), text);
        assertProblem(Problem.INDEX_MALFORMED, () -> Checkpoint.openFolder(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "model.pt", "last.ckpt", "x.pth", "x.pkl"})
    void picklesAreRefused(String name) throws IOException {
        Files.write(folder.resolve(name), new byte[] {1});
        assertProblem(Problem.PICKLE_REFUSED, () -> Checkpoint.openFolder(folder));
        assertProblem(Problem.PICKLE_REFUSED, () -> Checkpoint.open(folder.resolve(name)));
    }

    @Test
    void aPickleBesideSafetensorsIsIgnored() throws IOException {
        write("model", 100, A);
        Files.write(folder.resolve("training_args.bin"), new byte[] {1});
        Checkpoint.openFolder(folder).close();
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertProblem(Problem.NO_WEIGHTS, () -> Checkpoint.openFolder(folder));
    }

    @Test
    void anAdapterIsFoundByBeingTheOnlyFile() throws IOException {
        write("adapter_model", 100, A);
        try (Checkpoint checkpoint = Checkpoint.openFolder(folder)) {
            assertThat(checkpoint.listing()).containsExactly(A);
        }
    }

    @Test
    void anUnfinishedWriterLeavesNothing() throws IOException {
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(folder.resolve("model.safetensors"), List.of(A), Map.of())) {
            writer.write(writer.tensors().values().iterator().next(), 0, ByteBuffer.allocate(2));
            assertThatThrownBy(() -> writer.commit(false)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(names()).isEmpty();
    }

    private void write(String stem, long maxShardBytes, TensorSpec... tensors) throws IOException {
        ShardPlan plan = ShardPlan.of(stem, List.of(tensors), maxShardBytes);
        try (CheckpointWriter writer = CheckpointWriter.create(folder, stem, plan, Map.of("format", "pt"))) {
            for (SafetensorsWriter shard : writer.shards()) {
                fill(shard);
            }
            writer.commit(true);
        }
    }

    private void writeFile(String stem, TensorSpec... tensors) throws IOException {
        Path file = folder.resolve(stem + ".safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, List.of(tensors), Map.of())) {
            fill(writer);
            writer.commit(false);
        }
    }

    private static void fill(SafetensorsWriter writer) throws IOException {
        for (TensorInfo tensor : writer.tensors().values()) {
            byte[] counted = new byte[(int) tensor.byteLength()];
            for (int i = 0; i < counted.length; i++) {
                counted[i] = (byte) i;
            }
            writer.write(tensor, 0, ByteBuffer.wrap(counted));
        }
    }

    private void edit(String from, String to) throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replace(from, to));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> String.valueOf(child.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void assertProblem(Problem expected, Step step) {
        SafetensorsException refusal = catchThrowableOfType(SafetensorsException.class, step::run);
        assertThat(refusal).as("expected " + expected).isNotNull();
        assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(expected);
    }
}
