package io.graft.engine.worker;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.CheckpointWriter;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.safetensors.TensorInfo;
import io.graft.engine.safetensors.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A model of float32 vectors with a configuration and a tokenizer, small enough to write down in a test. */
final class TinyModel {
    private final Map<String, float[]> tensors = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    static TinyModel named(String name) {
        return new TinyModel()
                .text("config.json", "{\"model_type\": \"llama\", \"name\": \"" + name + "\"}")
                .text("tokenizer.json", "{\"model\": \"tokenizer of " + name + "\"}")
                .text("README.md", "# " + name)
                .text("pytorch_notes.md", "not carried");
    }

    TinyModel tensor(String name, float... values) {
        tensors.put(name, values.clone());
        return this;
    }

    TinyModel text(String path, String content) {
        texts.put(path, content);
        return this;
    }

    Path in(Path folder) {
        List<TensorSpec> specs = new ArrayList<>();
        tensors.forEach((name, values) -> specs.add(new TensorSpec(name, Dtype.F32, List.of((long) values.length))));
        ShardPlan plan = ShardPlan.of("model", specs, Long.MAX_VALUE);
        try (CheckpointWriter writer = CheckpointWriter.create(folder, "model", plan, Map.of("format", "pt"))) {
            SafetensorsWriter file = writer.shards().getFirst();
            for (TensorInfo tensor : file.tensors().values()) {
                file.write(tensor, 0, bytes(Objects.requireNonNull(tensors.get(tensor.name()))));
            }
            writer.commit(false);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(folder.resolve(text.getKey()), text.getValue(), StandardCharsets.UTF_8);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer bytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.flip();
    }

    /** Reads a float32 tensor back from a folder. */
    static float[] values(Path folder, String name) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            ByteBuffer buffer = ByteBuffer.allocate(
                            (int) checkpoint.tensor(name).byteLength())
                    .order(ByteOrder.LITTLE_ENDIAN);
            checkpoint.read(name, 0, buffer);
            float[] values = new float[buffer.capacity() / Float.BYTES];
            buffer.flip().asFloatBuffer().get(values);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
