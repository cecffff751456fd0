package io.graft.engine.worker.transfer;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.ShardPlan;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.safetensors.compatibility.TensorSelection;
import io.graft.engine.weights.pipeline.EngineSettings;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.DiffSpec;
import io.graft.v1.GraftSpec;
import io.graft.v1.VocabularyPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's form of what a specification says. */
final class SpecRules {
    private SpecRules() {}

    static GraftRules of(GraftSpec spec) {
        return rules(
                spec.getIncludeList(),
                spec.getExcludeList(),
                vocabulary(spec.getVocabularyPolicy()),
                dtype(spec.getOutputDtype()));
    }

    static GraftRules of(DiffSpec spec) {
        return rules(
                spec.getIncludeList(),
                spec.getExcludeList(),
                io.graft.engine.safetensors.compatibility.VocabularyPolicy.REFUSE,
                dtype(spec.getOutputDtype()));
    }

    /** All processors; nothing forced to the disk, because the output is uploaded next. */
    static EngineSettings settings(long maxShardBytes) {
        long shard = maxShardBytes == 0 ? ShardPlan.DEFAULT_MAX_SHARD_BYTES : maxShardBytes;
        return EngineSettings.DEFAULT.withMaxShardBytes(shard).withDurable(false);
    }

    private static GraftRules rules(
            List<String> include,
            List<String> exclude,
            io.graft.engine.safetensors.compatibility.VocabularyPolicy policy,
            @Nullable Dtype dtype) {
        return new GraftRules(TensorSelection.of(include, exclude), policy, dtype);
    }

    private static @Nullable Dtype dtype(String name) {
        if (name.isEmpty()) {
            return null;
        }
        return Dtype.named(name)
                .filter(Dtype::isArithmetic)
                .orElseThrow(() -> new GraftException(
                        ErrorCode.INVALID_REQUEST, "output_dtype must be F64, F32, F16 or BF16, not " + name));
    }

    private static io.graft.engine.safetensors.compatibility.VocabularyPolicy vocabulary(VocabularyPolicy policy) {
        return switch (policy) {
            case VOCABULARY_POLICY_UNSPECIFIED, VOCABULARY_POLICY_REFUSE ->
                io.graft.engine.safetensors.compatibility.VocabularyPolicy.REFUSE;
            case VOCABULARY_POLICY_ZERO_PAD_SOURCE ->
                io.graft.engine.safetensors.compatibility.VocabularyPolicy.ZERO_PAD_SOURCE;
            case VOCABULARY_POLICY_COMMON_ROWS ->
                io.graft.engine.safetensors.compatibility.VocabularyPolicy.COMMON_ROWS;
            case UNRECOGNIZED ->
                throw new GraftException(
                        ErrorCode.INVALID_REQUEST, "vocabulary_policy comes from a later release than this worker");
        };
    }
}
