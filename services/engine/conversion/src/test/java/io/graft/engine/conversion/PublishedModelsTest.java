package io.graft.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.conversion.huggingface.HuggingFaceFolder;
import io.graft.engine.conversion.maven.EmbeddingJar;
import io.graft.engine.safetensors.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** On the real jars, some 80 MB each, which Maven fetches when needed; run with {@code -Dgraft.models=true}. */
@EnabledIfSystemProperty(named = "graft.models", matches = "true")
final class PublishedModelsTest {
    @TempDir
    Path temporary;

    @Test
    void siblingsHaveTheKnownDistances() throws IOException {
        HuggingFaceFolder first = stage(EmbeddingJar.BGE_SMALL_EN);
        HuggingFaceFolder second = stage(EmbeddingJar.BGE_SMALL_EN_V15);
        HuggingFaceFolder other = stage(EmbeddingJar.E5_SMALL_V2);
        assertThat(first.tensors()).hasSize(197);
        assertThat(first.parameters()).isEqualTo(33_212_160);
        assertThat(first.config()).containsEntry("num_attention_heads", 12L).containsEntry("num_hidden_layers", 12L);
        assertThat(second.tensors()).isEqualTo(first.tensors());
        assertThat(other.tensors()).isEqualTo(first.tensors());
        Distance versions = Distance.between(first, second);
        assertThat(versions.relative()).isCloseTo(0.0194, within(0.0001));
        assertThat(versions.cosine()).isCloseTo(0.9998, within(0.0001));
        assertThat(Distance.between(first, other).cosine()).isCloseTo(0.696, within(0.001));
    }

    @Test
    void theChineseModelHasAnotherShape() throws IOException {
        HuggingFaceFolder model = stage(EmbeddingJar.BGE_SMALL_ZH);
        assertThat(model.tensors()).hasSize(69);
        assertThat(model.parameters()).isEqualTo(23_691_264);
        assertThat(model.config()).containsEntry("num_attention_heads", 8L).containsEntry("vocab_size", 21_128L);
    }

    private HuggingFaceFolder stage(EmbeddingJar jar) throws IOException {
        return ModelImport.stage(
                new ModelSource.Published(jar, temporary.resolve("cache")), temporary.resolve(jar.name()));
    }

    private record Distance(double relative, double cosine) {
        static Distance between(HuggingFaceFolder left, HuggingFaceFolder right) throws IOException {
            double difference = 0;
            double leftSquares = 0;
            double rightSquares = 0;
            double product = 0;
            try (Checkpoint one = Checkpoint.openFolder(left.folder());
                    Checkpoint two = Checkpoint.openFolder(right.folder())) {
                for (String name : one.tensors().keySet()) {
                    ByteBuffer a = read(one, name);
                    ByteBuffer b = read(two, name);
                    while (a.hasRemaining()) {
                        double x = a.getFloat();
                        double y = b.getFloat();
                        difference += (x - y) * (x - y);
                        leftSquares += x * x;
                        rightSquares += y * y;
                        product += x * y;
                    }
                }
            }
            return new Distance(Math.sqrt(difference / leftSquares), product / Math.sqrt(leftSquares * rightSquares));
        }

        private static ByteBuffer read(Checkpoint checkpoint, String name) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate((int) checkpoint.tensor(name).byteLength());
            checkpoint.read(name, 0, bytes);
            return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
