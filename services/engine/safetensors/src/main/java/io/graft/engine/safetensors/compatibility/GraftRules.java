package io.graft.engine.safetensors.compatibility;

import io.graft.engine.safetensors.Dtype;
import org.jspecify.annotations.Nullable;

/**
 * How models are to be combined.
 *
 * @param selection which tensors take part
 * @param vocabulary what to do about differing numbers of tokens
 * @param outputDtype the dtype of grafted tensors, or null for each target tensor's own
 */
public record GraftRules(
        TensorSelection selection,
        VocabularyPolicy vocabulary,
        @Nullable Dtype outputDtype) {
    /** Every tensor, no difference in vocabulary, the target's dtypes. */
    public static final GraftRules DEFAULT = new GraftRules(TensorSelection.ALL, VocabularyPolicy.REFUSE, null);

    /**
     * Checks the dtype.
     *
     * @throws IllegalArgumentException if the output dtype has no arithmetic
     */
    public GraftRules {
        if (outputDtype != null && !outputDtype.isArithmetic()) {
            throw new IllegalArgumentException("output dtype must be F64, F32, F16 or BF16, not " + outputDtype);
        }
    }
}
