package io.graft.engine.weights.diagnostics;

import io.graft.engine.safetensors.compatibility.PlannedTensor;
import io.graft.engine.safetensors.compatibility.TensorAction;
import io.graft.engine.weights.arithmetic.ChunkSums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of a whole transfer. The same inputs give the same figures to the last bit, whatever the number of threads.
 *
 * @param tensors one entry for each tensor of the result, in the target's order
 * @param overall the figures over all grafted elements together; its name is {@code *}
 * @param actions how many tensors each action was taken on
 * @param topMovers names of the ten tensors with the largest relative difference, largest first; by plain norm where the
 *     source base is not known
 * @param zeroDifference true when source base and fine-tuned model are equal in every grafted element
 */
public record TransferDiagnostics(
        List<TensorDiagnostics> tensors,
        TensorDiagnostics overall,
        Map<TensorAction, Integer> actions,
        List<String> topMovers,
        boolean zeroDifference) {
    private static final int MOVERS = 10;

    public TransferDiagnostics {
        tensors = List.copyOf(tensors);
        actions = Collections.unmodifiableMap(new EnumMap<>(actions));
        topMovers = List.copyOf(topMovers);
    }

    /**
     * Puts tensor sums together.
     *
     * @param sums one for each planned tensor, in the same order
     */
    public static TransferDiagnostics of(List<PlannedTensor> planned, List<ChunkSums> sums, ModelSides sides) {
        List<TensorDiagnostics> tensors = new ArrayList<>();
        Map<TensorAction, Integer> actions = new EnumMap<>(TensorAction.class);
        ChunkSums total = ChunkSums.NONE;
        for (int i = 0; i < planned.size(); i++) {
            tensors.add(TensorDiagnostics.of(planned.get(i), sums.get(i), sides));
            actions.merge(planned.get(i).action(), 1, Integer::sum);
            total = total.plus(sums.get(i));
        }
        TensorDiagnostics overall = TensorDiagnostics.of("*", "", TensorAction.GRAFTED, total, sides);
        return new TransferDiagnostics(
                tensors, overall, actions, movers(tensors), total.zeroDeltas() == total.elements());
    }

    /** JSON with a fixed order of keys and shortest exact numbers. */
    public String toJson() {
        return DiagnosticsJson.write(this);
    }

    private static List<String> movers(List<TensorDiagnostics> tensors) {
        return tensors.stream()
                .filter(tensor -> tensor.differenceNorm() > 0)
                .sorted(Comparator.comparingDouble(TransferDiagnostics::movement)
                        .reversed()
                        .thenComparing(TensorDiagnostics::name))
                .limit(MOVERS)
                .map(TensorDiagnostics::name)
                .toList();
    }

    private static double movement(TensorDiagnostics tensor) {
        return Double.isNaN(tensor.relativeNorm()) ? tensor.differenceNorm() : tensor.relativeNorm();
    }
}
