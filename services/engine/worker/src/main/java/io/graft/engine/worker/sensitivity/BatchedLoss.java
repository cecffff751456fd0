package io.graft.engine.worker.sensitivity;

import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Torch;
import java.util.function.IntFunction;

/**
 * A loss that is the sum of parts, so that the graph of one part alone is held.
 *
 * @param parts how many there are
 * @param part computes one, a scalar in the graph of the parameters
 * @param check called before each part; may throw to leave
 */
record BatchedLoss(int parts, IntFunction<Tensor> part, Runnable check) {
    /** The loss. */
    double value(Torch torch) {
        double sum = 0;
        for (int i = 0; i < parts; i++) {
            check.run();
            int index = i;
            sum += torch.withoutGradients(() -> {
                try (Scope scope = torch.scope()) {
                    return part.apply(index).item();
                }
            });
        }
        return sum;
    }

    Tensor checked(int index) {
        check.run();
        return part.apply(index);
    }
}
