package io.graft.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.engine.conversion.huggingface.HuggingFaceFolder;
import io.graft.engine.conversion.huggingface.StagedFile;
import io.graft.engine.conversion.json.JsonDocument;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.TensorInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converts a miniature BERT, made by {@code tiny-bert/make_tiny_bert.py} in the test resources. */
final class OnnxBertConversionTest {
    private static final Path TINY = Path.of("src/test/resources/tiny-bert");

    @TempDir
    Path temporary;

    @Test
    void everyTensorGetsItsNameItsShapeAndItsValues() throws IOException {
        HuggingFaceFolder staged = stage(TINY.resolve("model.onnx"));
        Map<String, @Nullable Object> expected = JsonDocument.read(TINY.resolve("expected.json"));
        try (Checkpoint checkpoint = Checkpoint.openFolder(staged.folder())) {
            assertThat(checkpoint.tensors().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
            assertThat(checkpoint.metadata()).containsEntry("format", "pt");
            for (TensorInfo tensor : checkpoint.tensors().values()) {
                ByteBuffer bytes =
                        ByteBuffer.allocate((int) tensor.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
                checkpoint.read(tensor.name(), 0, bytes);
                List<Float> actual = new ArrayList<>();
                for (bytes.flip(); bytes.hasRemaining(); ) {
                    actual.add(bytes.getFloat());
                }
                assertThat(actual).as(tensor.name()).isEqualTo(floats(expected.get(tensor.name())));
            }
        }
    }

    @Test
    void theConfigurationComesFromShapesAndGraph() throws IOException {
        HuggingFaceFolder staged = stage(TINY.resolve("model.onnx"));
        assertThat(staged.modelType()).isEqualTo("bert");
        assertThat(staged.config())
                .containsEntry("vocab_size", 7L)
                .containsEntry("max_position_embeddings", 5L)
                .containsEntry("type_vocab_size", 2L)
                .containsEntry("hidden_size", 6L)
                .containsEntry("num_attention_heads", 2L)
                .containsEntry("intermediate_size", 8L)
                .containsEntry("num_hidden_layers", 2L)
                .containsEntry("layer_norm_eps", 1e-12)
                .containsEntry("pad_token_id", 1L);
        assertThat(staged.files())
                .extracting(StagedFile::name)
                .containsExactly(
                        "README.md", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
        assertThat(Files.readString(staged.folder().resolve("README.md"))).contains("license: mit", "example/tiny");
    }

    @Test
    void conversionIsDeterministic() throws IOException {
        List<String> first = stage(TINY.resolve("model.onnx")).files().stream()
                .map(StagedFile::sha256)
                .toList();
        List<String> second = stage(TINY.resolve("model.onnx")).files().stream()
                .map(StagedFile::sha256)
                .toList();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aJarIsUnpacked() throws IOException {
        Path jar = jar("x.onnx", "x-tokenizer.json");
        HuggingFaceFolder staged =
                ModelImport.stage(new ModelSource.OnnxJar(jar, "example/tiny", "MIT"), temporary.resolve("jar"));
        assertThat(staged.tensors()).hasSize(37);
        try (Stream<Path> left = Files.list(staged.folder())) {
            assertThat(left.filter(file -> file.toString().endsWith(".partial")))
                    .isEmpty();
        }
        assertProblem(ImportProblem.JAR_CONTENT, new ModelSource.OnnxJar(jar("x.onnx", "y.onnx"), "", ""));
        assertProblem(ImportProblem.JAR_CONTENT, new ModelSource.OnnxJar(jar("a/x.onnx", "x-tokenizer.json"), "", ""));
    }

    @Test
    void aCutOffFileIsRefusedWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(TINY.resolve("model.onnx"));
        Path cut = temporary.resolve("cut.onnx");
        for (int length = 0; length < whole.length - 60; length += 97) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThat(catchThrowableOfType(ImportException.class, () -> stage(cut)))
                    .as("cut at " + length)
                    .isNotNull();
        }
    }

    @Test
    void anUnknownWeightIsRefused() throws IOException {
        assertProblem(
                ImportProblem.NOT_BERT,
                onnx(edited("encoder.layer.0.output.dense.bias", "encoder.layer.0.output.dense.bogs")));
        assertProblem(
                ImportProblem.NOT_BERT,
                onnx(edited("/encoder/layer.1/output/dense/MatMul", "/encoder/layer.1/output/dense/MatMoo")));
        assertProblem(
                ImportProblem.NOT_BERT,
                onnx(edited("/encoder/layer.0/attention/self/Concat", "/decoder/layer.0/attention/self/Concat")));
    }

    private static ModelSource onnx(Path model) {
        return new ModelSource.Onnx(model, TINY.resolve("tokenizer.json"), "example/tiny", "MIT");
    }

    private HuggingFaceFolder stage(Path model) throws IOException {
        return ModelImport.stage(onnx(model), temporary.resolve("out"));
    }

    private Path edited(String from, String to) throws IOException {
        String text = Files.readString(TINY.resolve("model.onnx"), StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        return Files.writeString(temporary.resolve("edited.onnx"), text.replace(from, to), StandardCharsets.ISO_8859_1);
    }

    private Path jar(String onnx, String tokenizer) throws IOException {
        Path jar = temporary.resolve(onnx.replace('/', '-') + tokenizer + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(onnx));
            Files.copy(TINY.resolve("model.onnx"), zip);
            zip.putNextEntry(new ZipEntry(tokenizer));
            Files.copy(TINY.resolve("tokenizer.json"), zip);
        }
        return jar;
    }

    private void assertProblem(ImportProblem expected, ModelSource source) {
        ImportException refusal = catchThrowableOfType(
                ImportException.class, () -> ModelImport.stage(source, temporary.resolve("refused")));
        assertThat(refusal).as("expected " + expected).isNotNull();
        assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(expected);
    }

    private static List<Float> floats(@Nullable Object nested) {
        return switch (nested) {
            case List<?> list ->
                list.stream().flatMap(part -> floats(part).stream()).toList();
            case Number number -> List.of(number.floatValue());
            case null, default -> throw new IllegalArgumentException(String.valueOf(nested));
        };
    }
}
