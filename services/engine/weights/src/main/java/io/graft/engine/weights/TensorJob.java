package io.graft.engine.weights;

import io.graft.engine.safetensors.compatibility.PlannedTensor;
import io.graft.engine.weights.diagnostics.TensorTally;
import io.graft.engine.weights.pipeline.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * One output tensor with its inputs. Without a base, {@code tuned} is a stored difference; without a target, the output is
 * the difference itself.
 */
record TensorJob(
        PlannedTensor plan,
        int order,
        @Nullable TensorHandle base,
        @Nullable TensorHandle tuned,
        @Nullable TensorHandle target,
        TensorTally tally) {
    static TensorTally tallyFor(PlannedTensor plan) {
        return new TensorTally(Chunk.count(plan.output().elements()));
    }

    String name() {
        return plan.output().name();
    }
}
