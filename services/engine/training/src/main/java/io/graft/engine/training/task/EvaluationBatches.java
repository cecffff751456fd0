package io.graft.engine.training.task;

import io.graft.engine.data.Example;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Torch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Walks over held-out rows, those of like length together, without gradients and with bounded memory. */
record EvaluationBatches<E extends Example>(Torch torch, List<E> rows, int batchSize) {
    void walk(ToIntFunction<E> length, BooleanSupplier stop, Consumer<List<E>> batch) {
        List<E> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingInt(length));
        for (int at = 0; at < sorted.size(); at += batchSize) {
            if (stop.getAsBoolean()) {
                throw new EvaluationStoppedException();
            }
            List<E> part = sorted.subList(at, Math.min(sorted.size(), at + batchSize));
            torch.withoutGradients(() -> {
                try (Scope scope = torch.scope()) {
                    batch.accept(part);
                }
                return true;
            });
        }
    }
}
