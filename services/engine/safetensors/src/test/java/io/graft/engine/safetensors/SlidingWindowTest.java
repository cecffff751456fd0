package io.graft.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SlidingWindowTest {
    private static final long WINDOW = 100;

    private final SlidingWindow window = new SlidingWindow(WINDOW);
    private SafetensorsFile first;
    private SafetensorsFile second;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        first = write(folder.resolve("first.safetensors"), 0);
        second = write(folder.resolve("second.safetensors"), 50);
    }

    @AfterEach
    void close() throws IOException {
        window.close();
        first.close();
        second.close();
    }

    @Test
    void whateverIsAskedForInWhateverOrderItShowsTheFile() throws IOException {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 2_000; i++) {
            SafetensorsFile file = random.nextInt(10) == 0 ? second : first;
            TensorInfo tensor = file.header().tensors().get(random.nextInt(2));
            long offset = random.nextLong(tensor.byteLength());
            long length = random.nextLong(tensor.byteLength() - offset + 1);
            ByteBuffer read = ByteBuffer.allocate((int) length);
            file.read(tensor, offset, read);
            assertThat(window.look(file, tensor, offset, length).toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(read.array());
        }
    }

    @Test
    void aRangeNearTheLastIsInTheSameMapping() throws IOException {
        TensorInfo tensor = tensor("large");
        MemorySegment before = window.look(first, tensor, 10, 5);
        MemorySegment after = window.look(first, tensor, 20, 5);
        assertThat(before.scope().isAlive()).isTrue();
        assertThat(after.address() - before.address()).isEqualTo(10);
    }

    @Test
    void whatTheWindowHasLeftCannotBeTouchedAnyMore() throws IOException {
        TensorInfo tensor = tensor("large");
        MemorySegment before = window.look(first, tensor, 0, 5);
        window.look(first, tensor, WINDOW, 5);
        assertThatThrownBy(() -> before.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRangeOutsideItsTensorIsRefused() {
        TensorInfo tensor = tensor("small");
        assertThatThrownBy(() -> window.look(first, tensor, 25, 10))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("has 30 bytes, asked for 10 at 25");
    }

    private TensorInfo tensor(String name) {
        return first.header().tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static SafetensorsFile write(Path path, int from) throws IOException {
        List<TensorSpec> tensors = List.of(
                new TensorSpec("small", Dtype.U8, List.of(30L)), new TensorSpec("large", Dtype.U8, List.of(1_000L)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(path, tensors, Map.of())) {
            int next = from;
            for (TensorInfo tensor : writer.tensors().values()) {
                ByteBuffer bytes = ByteBuffer.allocate((int) tensor.byteLength());
                while (bytes.hasRemaining()) {
                    bytes.put((byte) next++);
                }
                writer.write(tensor, 0, bytes.flip());
            }
            writer.commit(false);
        }
        return SafetensorsFile.open(path, HeaderLimits.DEFAULT);
    }
}
