package io.graft.engine.weights;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.CheckpointWriter;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.safetensors.TensorInfo;
import io.graft.engine.safetensors.TensorSpec;
import io.graft.engine.weights.arithmetic.Acceleration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model small enough to write down in a test. */
final class TestModel {
    private final Map<String, byte[]> bytes = new LinkedHashMap<>();
    private final List<TensorSpec> specs = new ArrayList<>();

    /** Adds a float tensor; the values are rounded to the dtype. */
    TestModel with(String name, Dtype dtype, List<Long> shape, double... values) {
        byte[] raw = new byte[values.length * dtype.bytes()];
        Acceleration.SCALAR.codec(dtype).encode(values, MemorySegment.ofArray(raw), 0, values.length);
        return withBytes(name, dtype, shape, raw);
    }

    /** Adds a float vector. */
    TestModel with(String name, Dtype dtype, double... values) {
        return with(name, dtype, List.of((long) values.length), values);
    }

    TestModel withBytes(String name, Dtype dtype, List<Long> shape, byte... raw) {
        specs.add(new TensorSpec(name, dtype, shape));
        bytes.put(name, raw.clone());
        return this;
    }

    /** Writes {@code model.safetensors} and returns the folder. */
    Path in(Path folder) {
        return in(folder, Long.MAX_VALUE);
    }

    Path in(Path folder, long maxShardBytes) {
        ShardPlan plan = ShardPlan.of("model", specs, maxShardBytes);
        try (CheckpointWriter writer = CheckpointWriter.create(folder, "model", plan, Map.of("format", "pt"))) {
            for (SafetensorsWriter shard : writer.shards()) {
                for (TensorInfo tensor : shard.tensors().values()) {
                    shard.write(tensor, 0, ByteBuffer.wrap(Objects.requireNonNull(bytes.get(tensor.name()))));
                }
            }
            writer.commit(false);
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Reads a tensor's values back. */
    static double[] values(Path model, String name) {
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            TensorInfo info = checkpoint.tensor(name);
            double[] values = new double[(int) info.elements()];
            MemorySegment raw = MemorySegment.ofArray(bytes(checkpoint, name));
            Acceleration.SCALAR.codec(info.dtype()).decode(raw, 0, values, values.length);
            return values;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static byte[] bytes(Checkpoint checkpoint, String name) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) checkpoint.tensor(name).byteLength());
        checkpoint.read(name, 0, buffer);
        return buffer.array();
    }

    static boolean equal(Path left, Path right) throws IOException {
        try (Checkpoint one = Checkpoint.open(left);
                Checkpoint other = Checkpoint.open(right)) {
            boolean same = one.listing().equals(other.listing());
            for (String name : one.tensors().keySet()) {
                same = same && Arrays.equals(bytes(one, name), bytes(other, name));
            }
            return same;
        }
    }
}
