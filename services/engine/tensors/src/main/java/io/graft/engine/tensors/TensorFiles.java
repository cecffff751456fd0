package io.graft.engine.tensors;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.CheckpointWriter;
import io.graft.engine.safetensors.SafetensorsWriter;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.safetensors.TensorInfo;
import io.graft.engine.safetensors.TensorSpec;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes safetensors straight from and to libtorch's memory, without a copy of the whole file. */
public final class TensorFiles {
    private static final long CHUNK = 256L << 20;

    private TensorFiles() {}

    /** Reads one tensor in its stored type. */
    public static Tensor load(Torch torch, Checkpoint checkpoint, String name) throws IOException {
        TensorInfo info = checkpoint.tensor(name);
        long[] shape = info.shape().stream().mapToLong(Long::longValue).toArray();
        Tensor tensor = Tensors.empty(torch, DType.of(info.dtype()), shape);
        MemorySegment memory = TensorMemory.memory(tensor);
        for (long at = 0; at < memory.byteSize(); at += CHUNK) {
            long length = Math.min(CHUNK, memory.byteSize() - at);
            checkpoint.read(name, at, memory.asSlice(at, length).asByteBuffer());
        }
        return tensor;
    }

    /** Reads one tensor and converts it. */
    public static Tensor load(Torch torch, Checkpoint checkpoint, String name, DType type) throws IOException {
        try (Scope scope = torch.scope()) {
            return scope.release(load(torch, checkpoint, name).to(type));
        }
    }

    /** Reads all tensors of a checkpoint in their stored types. */
    public static Map<String, Tensor> loadAll(Torch torch, Checkpoint checkpoint) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : checkpoint.tensors().keySet()) {
            tensors.put(name, load(torch, checkpoint, name));
        }
        return tensors;
    }

    /** Writes tensors in their own types; the file or shards and index appear at the end, or not at all. */
    public static List<Path> save(Map<String, Tensor> tensors, Path folder, String stem) throws IOException {
        return save(tensors, folder, stem, Map.of("format", "pt"), ShardPlan.DEFAULT_MAX_SHARD_BYTES);
    }

    /**
     * Writes tensors in their own types.
     *
     * @param stem {@code model}, {@code adapter_model}; the file is {@code stem.safetensors} when one is enough
     * @param metadata of each header; readers of Hugging Face's libraries expect {@code format: pt}
     * @return the files, the index last where there is one
     */
    public static List<Path> save(
            Map<String, Tensor> tensors, Path folder, String stem, Map<String, String> metadata, long maxShardBytes)
            throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        tensors.forEach((name, tensor) -> specs.add(spec(name, tensor)));
        ShardPlan plan = ShardPlan.of(stem, specs, maxShardBytes);
        try (CheckpointWriter writer = CheckpointWriter.create(folder, stem, plan, metadata)) {
            for (SafetensorsWriter shard : writer.shards()) {
                for (TensorInfo info : shard.tensors().values()) {
                    Tensor tensor = tensors.get(info.name());
                    if (tensor != null) {
                        write(shard, info, tensor);
                    }
                }
            }
            return writer.commit(false);
        }
    }

    private static void write(SafetensorsWriter shard, TensorInfo info, Tensor tensor) throws IOException {
        try (Scope scope = tensor.torch().scope()) {
            MemorySegment memory = TensorMemory.memory(TensorMemory.packed(tensor.detach()));
            for (long at = 0; at < memory.byteSize(); at += CHUNK) {
                long length = Math.min(CHUNK, memory.byteSize() - at);
                shard.write(info, at, memory.asSlice(at, length).asByteBuffer());
            }
        }
    }

    private static TensorSpec spec(String name, Tensor tensor) {
        List<Long> shape = new ArrayList<>();
        for (long size : tensor.shape()) {
            shape.add(size);
        }
        return new TensorSpec(name, tensor.dtype().stored(), shape);
    }
}
