package io.graft.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.engine.conversion.huggingface.HuggingFaceFolder;
import io.graft.engine.conversion.huggingface.StagedFile;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.Problem;
import io.graft.engine.safetensors.SafetensorsException;
import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HuggingFaceFolderTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void aWholeModel() throws IOException {
        folder = Files.createDirectories(temporary.resolve("models--a--b/snapshots/1"));
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llama\"}");
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        weights(folder.resolve("model.safetensors"));
    }

    @Test
    void filesAreListedWithSizeAndDigest() throws IOException {
        Files.writeString(folder.resolve("pytorch_model.bin"), "pickle");
        Files.writeString(folder.resolve("notes.txt"), "");
        Files.writeString(folder.resolve(".hidden"), "");
        HuggingFaceFolder model = HuggingFaceFolder.open(folder);
        assertThat(model.modelType()).isEqualTo("llama");
        assertThat(model.parameters()).isEqualTo(3);
        assertThat(model.files())
                .extracting(StagedFile::name)
                .containsExactly("config.json", "model.safetensors", "tokenizer.json");
        assertThat(model.files().getLast())
                .isEqualTo(new StagedFile(
                        "tokenizer.json",
                        folder.resolve("tokenizer.json"),
                        2,
                        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"));
        assertThat(model.ignored()).containsExactly("notes.txt", "pytorch_model.bin");
    }

    @Test
    void linksIntoTheCacheAreFollowed() throws IOException {
        Path blobs = Files.createDirectories(temporary.resolve("models--a--b/blobs"));
        Files.move(folder.resolve("model.safetensors"), blobs.resolve("abc"));
        Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("../../blobs/abc"));
        assertThat(HuggingFaceFolder.open(folder).parameters()).isEqualTo(3);
    }

    @Test
    void linksElsewhereAreRefused() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "{}");
        Files.delete(folder.resolve("tokenizer.json"));
        Files.createSymbolicLink(folder.resolve("tokenizer.json"), secret);
        assertProblem(ImportProblem.LINK_ESCAPES);
        Files.delete(folder.resolve("tokenizer.json"));
        Files.createSymbolicLink(folder.resolve("tokenizer.json"), Path.of("nowhere"));
        assertProblem(ImportProblem.LINK_ESCAPES);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        Files.delete(folder.resolve("tokenizer.json"));
        assertProblem(ImportProblem.FILE_MISSING);
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        Files.writeString(folder.resolve("config.json"), "{\"a\": 1, \"a\": 2}");
        assertProblem(ImportProblem.JSON_MALFORMED);
        Files.writeString(folder.resolve("config.json"), "[]");
        assertProblem(ImportProblem.JSON_MALFORMED);
        Files.delete(folder.resolve("config.json"));
        assertProblem(ImportProblem.FILE_MISSING);
    }

    @Test
    void picklesAloneAreRefused() throws IOException {
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
        assertThatThrownBy(() -> HuggingFaceFolder.open(folder))
                .isInstanceOfSatisfying(
                        SafetensorsException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.PICKLE_REFUSED));
    }

    private void assertProblem(ImportProblem expected) {
        ImportException refusal = catchThrowableOfType(
                ImportException.class, () -> ModelImport.stage(new ModelSource.HuggingFace(folder), temporary));
        assertThat(refusal).as("expected " + expected).isNotNull();
        assertThat(refusal.problem()).as(refusal.getMessage()).isEqualTo(expected);
    }

    private static void weights(Path file) throws IOException {
        List<TensorSpec> tensors = List.of(new TensorSpec("w", Dtype.F32, List.of(3L)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, tensors, Map.of())) {
            writer.write(writer.tensors().values().iterator().next(), 0, ByteBuffer.allocate(12));
            writer.commit(false);
        }
    }
}
