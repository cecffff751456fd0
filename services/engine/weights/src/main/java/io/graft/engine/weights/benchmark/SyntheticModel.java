package io.graft.engine.weights.benchmark;

import io.graft.engine.safetensors.CheckpointWriter;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.safetensors.TensorInfo;
import io.graft.engine.safetensors.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes a BF16 model with the tensor names of a Llama and pseudo-random weights of magnitude 2^-9 to 2^-5, every one a
 * normal number. The same seed gives the same bytes. Memory stays at a few MiB whatever the size.
 *
 * @param bytes approximate size of the weights; rounded up to whole layers, at least one. Below 256 MB the layers are narrow
 * @param seed of the weights; models of different seeds are unrelated
 * @param maxShardBytes see {@link ShardPlan}
 */
public record SyntheticModel(long bytes, long seed, long maxShardBytes) {
    private static final long SMALL_MODEL = 256_000_000;
    private static final int PATTERN = 1 << 22;

    /** Writes the model into a folder that holds no weights yet. */
    public void write(Path folder) throws IOException {
        ShardPlan plan = ShardPlan.of("model", tensors(), maxShardBytes);
        ByteBuffer pattern = pattern();
        try (CheckpointWriter output = CheckpointWriter.create(folder, "model", plan, Map.of("format", "pt"))) {
            SplittableRandom places = new SplittableRandom(seed + 1);
            for (SafetensorsWriter shard : output.shards()) {
                for (TensorInfo tensor : shard.tensors().values()) {
                    fill(shard, tensor, pattern, places);
                }
            }
            output.commit(false);
        }
    }

    private List<TensorSpec> tensors() {
        List<TensorSpec> tensors = new ArrayList<>();
        tensors.add(matrix("model.embed_tokens.weight", 4 * hidden(), hidden()));
        long remaining = bytes - tensors.getFirst().byteLength();
        for (int layer = 0; layer == 0 || remaining > 0; layer++) {
            for (TensorSpec tensor : layer("model.layers." + layer + ".")) {
                tensors.add(tensor);
                remaining -= tensor.byteLength();
            }
        }
        tensors.add(new TensorSpec("model.norm.weight", Dtype.BF16, List.of(hidden())));
        return tensors;
    }

    private List<TensorSpec> layer(String prefix) {
        return List.of(
                new TensorSpec(prefix + "input_layernorm.weight", Dtype.BF16, List.of(hidden())),
                matrix(prefix + "mlp.down_proj.weight", hidden(), inner()),
                matrix(prefix + "mlp.gate_proj.weight", inner(), hidden()),
                matrix(prefix + "mlp.up_proj.weight", inner(), hidden()),
                new TensorSpec(prefix + "post_attention_layernorm.weight", Dtype.BF16, List.of(hidden())),
                matrix(prefix + "self_attn.k_proj.weight", hidden(), hidden()),
                matrix(prefix + "self_attn.o_proj.weight", hidden(), hidden()),
                matrix(prefix + "self_attn.q_proj.weight", hidden(), hidden()),
                matrix(prefix + "self_attn.v_proj.weight", hidden(), hidden()));
    }

    private long hidden() {
        return bytes < SMALL_MODEL ? 256 : 2_048;
    }

    private long inner() {
        return hidden() / 4 * 11;
    }

    private static TensorSpec matrix(String name, long rows, long columns) {
        return new TensorSpec(name, Dtype.BF16, List.of(rows, columns));
    }

    /** Random bytes once; tensors are filled from random places in them, which is as fast as writing can be. */
    private ByteBuffer pattern() {
        ByteBuffer pattern = ByteBuffer.allocateDirect(PATTERN).order(ByteOrder.LITTLE_ENDIAN);
        SplittableRandom random = new SplittableRandom(seed);
        while (pattern.hasRemaining()) {
            int bits = random.nextInt();
            int exponent = 118 + ((bits >>> 8) & 3);
            pattern.putShort((short) (((bits & 0x100_0000) >>> 9) | (exponent << 7) | (bits & 0x7F)));
        }
        return pattern.flip();
    }

    private static void fill(SafetensorsWriter shard, TensorInfo tensor, ByteBuffer pattern, SplittableRandom places)
            throws IOException {
        for (long at = 0; at < tensor.byteLength(); ) {
            int start = places.nextInt(PATTERN / 4) * 2;
            int length = (int) Math.min(PATTERN - start, tensor.byteLength() - at);
            shard.write(tensor, at, pattern.slice(start, length));
            at += length;
        }
    }
}
