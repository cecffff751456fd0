package io.graft.engine.metrics.scaling;

import io.graft.engine.metrics.comparison.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A law fitted to checkpoints, with what it predicts (Isik et al. 2024, arXiv 2402.04177).
 *
 * @param law fitted without the points held out
 * @param r2 share of the scores' variance that the law explains, over the fitted points
 * @param holdoutErrors predicted less observed over observed, for each point held out
 * @param monotone whether every larger size scored better than the one before, held-out ones included
 * @param advice what follows for people
 */
public record ScalingFit(
        ScalingLaw law,
        double r2,
        List<Double> holdoutErrors,
        List<Extrapolation> extrapolations,
        boolean monotone,
        String advice) {
    private static final double LEVEL = 0.95;
    private static final int PARAMETERS = 3;

    public ScalingFit {
        holdoutErrors = List.copyOf(holdoutErrors);
        extrapolations = List.copyOf(extrapolations);
    }

    /** Fits and predicts. */
    public static ScalingFit of(ScalingRequest request) {
        List<ScalingPoint> points = request.fitted();
        LawFamily family = request.kind().family(points.getFirst().size());
        HuberFit.Solution solution = new HuberFit(family, points, request.huberDelta()).best(family.starts(points));
        ScalingLaw law = family.law(solution.parameters());
        boolean monotone = Monotonicity.holds(request.points(), request.kind());
        return new ScalingFit(
                law,
                r2(law, points),
                request.heldOut().stream()
                        .map(p -> (law.at(p.size()) - p.score()) / p.score())
                        .toList(),
                extrapolate(request, family, solution.parameters()),
                monotone,
                monotone
                        ? "Scores improve with every size: the law may be used to plan."
                        : "Scores do not improve with every size: the pre-training data may not fit the task. Switch or mix"
                                + " the corpus before extrapolating, and do not take the pre-training loss for a proxy.");
    }

    private static double r2(ScalingLaw law, List<ScalingPoint> points) {
        double mean = points.stream().mapToDouble(ScalingPoint::score).average().orElseThrow();
        double left = points.stream()
                .mapToDouble(p -> square(law.at(p.size()) - p.score()))
                .sum();
        double all = points.stream().mapToDouble(p -> square(p.score() - mean)).sum();
        return 1 - left / all;
    }

    private static List<Extrapolation> extrapolate(ScalingRequest request, LawFamily family, double[] parameters) {
        List<ScalingPoint> points = request.fitted();
        double scale = Math.sqrt((double) points.size() / Math.max(1, points.size() - PARAMETERS));
        double[] residuals = points.stream()
                .mapToDouble(p -> scale * (Math.log(p.score()) - family.logScore(parameters, p.size())))
                .toArray();
        SplittableRandom random = new SplittableRandom(request.seed());
        double[][] drawn = new double[request.sizes().size()][request.bootstrap()];
        for (int b = 0; b < request.bootstrap(); b++) {
            List<ScalingPoint> resampled = new ArrayList<>();
            for (ScalingPoint point : points) {
                double residual = residuals[random.nextInt(residuals.length)];
                resampled.add(
                        new ScalingPoint(point.size(), Math.exp(family.logScore(parameters, point.size()) + residual)));
            }
            double[] refitted = new HuberFit(family, resampled, request.huberDelta())
                    .best(List.of(parameters))
                    .parameters();
            for (int i = 0; i < drawn.length; i++) {
                double residual = residuals[random.nextInt(residuals.length)];
                drawn[i][b] = Math.exp(family.logScore(refitted, request.sizes().get(i)) + residual);
            }
        }
        List<Extrapolation> extrapolations = new ArrayList<>();
        for (int i = 0; i < drawn.length; i++) {
            double size = request.sizes().get(i);
            Arrays.sort(drawn[i]);
            extrapolations.add(new Extrapolation(
                    size,
                    family.law(parameters).at(size),
                    new Interval(quantile(drawn[i], (1 - LEVEL) / 2), quantile(drawn[i], (1 + LEVEL) / 2), LEVEL)));
        }
        return extrapolations;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static double square(double value) {
        return value * value;
    }
}
