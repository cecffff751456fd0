package io.graft.engine.training.task;

import io.graft.engine.data.Example;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Walks over held-out rows, those of like length together, without gradients and with bounded memory. */
record EvaluationBatches<E extends Example>(Torch torch, List<E> rows, int batchSize) {
    /** A batch: some rows, and where each stands among all. */
    record Part<E>(List<E> rows, int[] positions) {}

    void walk(ToIntFunction<E> length, BooleanSupplier stop, Consumer<List<E>> batch) {
        walkParts(length, stop, part -> batch.accept(part.rows()));
    }

    /** Collects what comes of each row, in the order of the rows. */
    List<RowOutcome> each(
            ToIntFunction<E> length, BooleanSupplier stop, Function<Part<E>, List<? extends RowOutcome>> batch) {
        List<RowOutcome> outcomes = new ArrayList<>(rows.size());
        walkParts(length, stop, part -> outcomes.addAll(batch.apply(part)));
        outcomes.sort(Comparator.comparingInt(RowOutcome::row));
        return outcomes;
    }

    private void walkParts(ToIntFunction<E> length, BooleanSupplier stop, Consumer<Part<E>> batch) {
        List<Integer> sorted = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> length.applyAsInt(rows.get(i))))
                .toList();
        for (int at = 0; at < sorted.size(); at += batchSize) {
            if (stop.getAsBoolean()) {
                throw new EvaluationStoppedException();
            }
            int[] positions = sorted.subList(at, Math.min(sorted.size(), at + batchSize)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            Part<E> part =
                    new Part<>(Arrays.stream(positions).mapToObj(rows::get).toList(), positions);
            torch.withoutGradients(() -> {
                try (Scope scope = torch.scope()) {
                    batch.accept(part);
                }
                return true;
            });
        }
    }
}
