package io.graft.engine.worker.training;

import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFolder;
import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.tensors.DType;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.PulledInput;
import io.graft.v1.WeightsFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stores a whole model as a version. */
record WholeWeights(Path folder, OutputFolder output) {
    /**
     * Writes weights and configuration, and the tokenizer of an input.
     *
     * @param base whose type the weights get when the format names none; null for F32
     */
    void write(Model model, WeightsFormat format, @Nullable PulledInput base) throws IOException {
        long shard = format.getMaxShardBytes() == 0 ? ShardPlan.DEFAULT_MAX_SHARD_BYTES : format.getMaxShardBytes();
        output.add(ModelFolder.save(model, folder, type(format, base), shard));
        if (base != null) {
            output.copy(base, ModelFiles::isTokenizer);
        }
    }

    private static DType type(WeightsFormat format, @Nullable PulledInput base) throws IOException {
        if (!format.getDtype().isEmpty()) {
            return DType.valueOf(format.getDtype());
        }
        return base == null ? DType.F32 : commonest(base.folder());
    }

    /** The type that most of the base's values have. */
    private static DType commonest(Path folder) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.openFolder(folder)) {
            return checkpoint.listing().stream()
                    .filter(tensor -> tensor.dtype().isArithmetic())
                    .collect(Collectors.groupingBy(
                            tensor -> tensor.dtype(), Collectors.summingLong(tensor -> tensor.elements())))
                    .entrySet()
                    .stream()
                    .max(Map.Entry.<Dtype, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(entry -> DType.of(entry.getKey()))
                    .orElse(DType.F32);
        }
    }
}
