package io.graft.engine.metrics.scaling;

import java.util.Comparator;
import java.util.List;

/** Whether more pre-training always helped. */
final class Monotonicity {
    private Monotonicity() {}

    /** Points of one size are taken together, at their mean. */
    static boolean holds(List<ScalingPoint> points, LawKind kind) {
        List<Double> sizes = points.stream()
                .map(ScalingPoint::size)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
        for (int i = 1; i < sizes.size(); i++) {
            if (!kind.improves(mean(points, sizes.get(i - 1)), mean(points, sizes.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static double mean(List<ScalingPoint> points, double size) {
        return points.stream()
                .filter(p -> p.size() == size)
                .mapToDouble(ScalingPoint::score)
                .average()
                .orElseThrow();
    }
}
