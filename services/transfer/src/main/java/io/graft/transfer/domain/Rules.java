package io.graft.transfer.domain;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.safetensors.compatibility.TensorPatternException;
import io.graft.engine.safetensors.compatibility.TensorSelection;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.v1.VocabularyPolicy;
import java.util.List;
import java.util.function.Supplier;

/** The engine's form of a specification's rules. */
final class Rules {
    private Rules() {}

    /** @param dtype empty for each tensor's own */
    static GraftRules of(List<String> include, List<String> exclude, VocabularyPolicy policy, String dtype) {
        return new GraftRules(
                TensorSelection.of(include, exclude),
                policy(policy),
                Dtype.named(dtype).orElse(null));
    }

    /** Plans; a pattern that takes too long on some name is the caller's to mend. */
    static <T> T guarded(Supplier<T> plan) {
        try {
            return plan.get();
        } catch (TensorPatternException e) {
            throw GraftException.invalid(
                    ErrorCode.INVALID_REQUEST,
                    List.of(new FieldViolation("spec.include", "or spec.exclude: " + e.getMessage())));
        }
    }

    private static io.graft.engine.safetensors.compatibility.VocabularyPolicy policy(VocabularyPolicy policy) {
        return switch (policy) {
            case VOCABULARY_POLICY_ZERO_PAD_SOURCE ->
                io.graft.engine.safetensors.compatibility.VocabularyPolicy.ZERO_PAD_SOURCE;
            case VOCABULARY_POLICY_COMMON_ROWS ->
                io.graft.engine.safetensors.compatibility.VocabularyPolicy.COMMON_ROWS;
            case VOCABULARY_POLICY_REFUSE, VOCABULARY_POLICY_UNSPECIFIED, UNRECOGNIZED ->
                io.graft.engine.safetensors.compatibility.VocabularyPolicy.REFUSE;
        };
    }
}
