package io.graft.engine.metrics.scaling;

import io.graft.engine.metrics.InputCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * What to fit.
 *
 * @param huberDelta width of the quadratic part of the loss on the logarithm of scores; see {@link
 *     LawKind#usualHuberDelta}
 * @param holdoutLast how many of the largest sizes to leave out of the fit and to test it on
 * @param bootstrap how many refits give the intervals, 20 or more
 * @param sizes at which to predict
 */
public record ScalingRequest(
        List<ScalingPoint> points,
        LawKind kind,
        double huberDelta,
        int holdoutLast,
        int bootstrap,
        List<Double> sizes,
        long seed) {
    private static final int FEWEST_SIZES = 4;
    private static final int FEWEST_REFITS = 20;

    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every bad point and parameter
     */
    public ScalingRequest {
        points = List.copyOf(points);
        sizes = List.copyOf(sizes);
        InputCheck check = new InputCheck();
        for (int i = 0; i < points.size(); i++) {
            ScalingPoint point = points.get(i);
            String cure = "leave the point out; a law is fitted to logarithms";
            check.require(isPositive(point.size()), "points[" + i + "].size", "is " + point.size(), cure);
            check.require(isPositive(point.score()), "points[" + i + "].score", "is " + point.score(), cure);
        }
        for (int i = 0; i < sizes.size(); i++) {
            check.require(isPositive(sizes.get(i)), "sizes[" + i + "]", "is " + sizes.get(i), "give an amount above 0");
        }
        check.require(huberDelta > 0, "huber_delta", "is " + huberDelta, "take " + kind.usualHuberDelta());
        check.require(bootstrap >= FEWEST_REFITS, "bootstrap", "is " + bootstrap, "take 20 or more, usually 200");
        check.require(
                holdoutLast >= 0 && holdoutLast < points.size(),
                "holdout_last",
                "is " + holdoutLast + " of " + points.size() + " points",
                "hold fewer out");
        check.done();
        long distinct = sorted(points).stream()
                .limit(points.size() - (long) holdoutLast)
                .mapToDouble(ScalingPoint::size)
                .distinct()
                .count();
        new InputCheck()
                .require(
                        distinct >= FEWEST_SIZES,
                        "points",
                        "has " + distinct + " different sizes to fit",
                        "score at least 4 checkpoints of different sizes beyond those held out")
                .done();
    }

    /** Usual settings: nothing held out, 200 refits. */
    public static ScalingRequest of(List<ScalingPoint> points, LawKind kind, List<Double> sizes) {
        return new ScalingRequest(points, kind, kind.usualHuberDelta(), 0, 200, sizes, 0);
    }

    List<ScalingPoint> fitted() {
        return sorted(points).subList(0, points.size() - holdoutLast);
    }

    List<ScalingPoint> heldOut() {
        return sorted(points).subList(points.size() - holdoutLast, points.size());
    }

    private static List<ScalingPoint> sorted(List<ScalingPoint> points) {
        List<ScalingPoint> sorted = new ArrayList<>(points);
        sorted.sort((a, b) -> Double.compare(a.size(), b.size()));
        return sorted;
    }

    private static boolean isPositive(double value) {
        return value > 0 && Double.isFinite(value);
    }
}
