package io.graft.engine.methods.peft;

import io.graft.engine.methods.DescribedMethod;
import io.graft.engine.tensors.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kind of method that makes one low-rank correction of several. */
public interface CombinationMethod<P extends Record> extends DescribedMethod<P> {
    /**
     * The correction of one layer, whose scaling is 1, in the innermost scope.
     *
     * @param parts at least one; those adapters that correct this layer
     */
    Pair combine(P params, List<Part> parts);

    /** Whether all parts must have one rank. */
    default boolean needsEqualRanks(P params) {
        return false;
    }

    /** Where its random choices start; null when it makes none. */
    default @Nullable Long seed(P params) {
        return null;
    }

    /** One adapter's correction {@code scaling B A} of a layer, with the weight it is to have. */
    record Part(Tensor a, Tensor b, double scaling, double weight) {
        /** Weight times scaling. */
        double share() {
            return weight * scaling;
        }

        int rank() {
            return (int) a.size(0);
        }
    }

    /** A [r, in] and B [out, r]. */
    record Pair(Tensor a, Tensor b) {}
}
