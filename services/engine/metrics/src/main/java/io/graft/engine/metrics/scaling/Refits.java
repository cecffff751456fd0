package io.graft.engine.metrics.scaling;

import io.graft.engine.metrics.comparison.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A law fitted again and again to its own predictions with resampled residuals; the source of all intervals. */
final class Refits {
    private static final double LEVEL = 0.95;
    private static final int PARAMETERS = 3;

    private final double[][] parameters;
    private final double[][] scores;

    private Refits(double[][] parameters, double[][] scores) {
        this.parameters = parameters;
        this.scores = scores;
    }

    /** @param fitted the free parameters of the law that the points were fitted with */
    static Refits of(ScalingRequest request, LawFamily family, double[] fitted, FitTime time) {
        List<ScalingPoint> points = request.fitted();
        double scale = Math.sqrt((double) points.size() / Math.max(1, points.size() - PARAMETERS));
        double[] residuals = points.stream()
                .mapToDouble(p -> scale * (Math.log(p.score()) - family.logScore(fitted, p.size())))
                .toArray();
        SplittableRandom random = new SplittableRandom(request.seed());
        double[][] parameters = new double[PARAMETERS][request.bootstrap()];
        double[][] scores = new double[request.sizes().size()][request.bootstrap()];
        for (int b = 0; b < request.bootstrap(); b++) {
            List<ScalingPoint> resampled = new ArrayList<>();
            for (ScalingPoint point : points) {
                double residual = residuals[random.nextInt(residuals.length)];
                resampled.add(
                        new ScalingPoint(point.size(), Math.exp(family.logScore(fitted, point.size()) + residual)));
            }
            double[] refitted = new HuberFit(family, resampled, request.huberDelta(), time)
                    .best(List.of(fitted))
                    .parameters();
            for (int i = 0; i < scores.length; i++) {
                double residual = residuals[random.nextInt(residuals.length)];
                scores[i][b] =
                        Math.exp(family.logScore(refitted, request.sizes().get(i)) + residual);
            }
            List<Double> law = List.copyOf(family.law(refitted).parameters().values());
            for (int p = 0; p < PARAMETERS; p++) {
                parameters[p][b] = law.get(p);
            }
        }
        return new Refits(sorted(parameters), sorted(scores));
    }

    /** Of a law's parameter, in the order of {@link ScalingLaw#parameters}. */
    Interval ofParameter(int index) {
        return interval(parameters[index]);
    }

    /** Of a new observation at a size asked for. */
    Interval ofSize(int index) {
        return interval(scores[index]);
    }

    private static double[][] sorted(double[][] drawn) {
        for (double[] each : drawn) {
            Arrays.sort(each);
        }
        return drawn;
    }

    private static Interval interval(double[] sorted) {
        return new Interval(quantile(sorted, (1 - LEVEL) / 2), quantile(sorted, (1 + LEVEL) / 2), LEVEL);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
