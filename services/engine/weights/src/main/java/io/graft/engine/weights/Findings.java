package io.graft.engine.weights;

import io.graft.engine.safetensors.compatibility.CompatibilityProblem;
import io.graft.engine.safetensors.compatibility.IncompatibleWeightsException;
import io.graft.engine.safetensors.compatibility.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What workers found wrong with the values, put in an order that does not depend on the threads. The run goes on after a
 * finding, so that one error names every tensor.
 */
final class Findings {
    private record Place(int order, String tensor, String model) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byOrder = Integer.compare(order, other.order);
            return byOrder != 0 ? byOrder : model.compareTo(other.model);
        }
    }

    private final SortedMap<Place, Long> nonFinite = new TreeMap<>();
    private final SortedMap<Integer, String> unequal = new TreeMap<>();

    synchronized void nonFinite(TensorJob job, String model, long count) {
        if (count > 0) {
            nonFinite.merge(new Place(job.order(), job.name(), model), count, Long::sum);
        }
    }

    synchronized void unequal(int order, String tensor) {
        unequal.put(order, tensor);
    }

    synchronized void throwIfAny() {
        if (!unequal.isEmpty()) {
            List<CompatibilityProblem> problems = new ArrayList<>();
            for (String tensor : unequal.values()) {
                problems.add(new CompatibilityProblem(
                        ProblemKind.DTYPE_UNSUPPORTED,
                        tensor,
                        Map.of("source_base and source_finetuned", "differ in a tensor without arithmetic"),
                        "Exclude the tensor to keep the target's"));
            }
            throw new IncompatibleWeightsException(problems);
        }
        if (!nonFinite.isEmpty()) {
            throw new NonFiniteWeightsException(nonFinite.entrySet().stream()
                    .map(entry -> new NonFiniteWeightsException.Finding(
                            entry.getKey().tensor(), entry.getKey().model(), entry.getValue()))
                    .toList());
        }
    }
}
