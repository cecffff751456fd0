package io.graft.engine.metrics.scaling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A law fitted to checkpoints, with what it predicts (Isik et al. 2024, arXiv 2402.04177).
 *
 * @param law fitted without the points held out
 * @param parameters of the law, with intervals
 * @param r2 share of the scores' variance that the law explains, over the fitted points
 * @param holdoutErrors predicted less observed over observed, for each point held out
 * @param monotone whether every larger size scored better than the one before, held-out ones included
 * @param advice what follows for people
 */
public record ScalingFit(
        ScalingLaw law,
        List<FittedParameter> parameters,
        double r2,
        List<Double> holdoutErrors,
        List<Extrapolation> extrapolations,
        boolean monotone,
        String advice) {
    private static final int MOST_FOR_STARTS = 500;
    private static final Duration ENDLESS = Duration.ofDays(1);

    public ScalingFit {
        parameters = List.copyOf(parameters);
        holdoutErrors = List.copyOf(holdoutErrors);
        extrapolations = List.copyOf(extrapolations);
    }

    /** Fits and predicts. */
    public static ScalingFit of(ScalingRequest request) {
        return of(request, ENDLESS);
    }

    /**
     * Fits and predicts within a time.
     *
     * @throws FitTimeoutException when it takes longer
     */
    public static ScalingFit of(ScalingRequest request, Duration most) {
        FitTime time = new FitTime(most);
        List<ScalingPoint> points = request.fitted();
        LawFamily family = request.kind().family(points.getFirst().size());
        double[] fitted = fit(request, family, points, time);
        ScalingLaw law = family.law(fitted);
        Refits refits = Refits.of(request, family, fitted, time);
        boolean monotone = Monotonicity.holds(request.points(), request.kind());
        return new ScalingFit(
                law,
                parameters(law, refits),
                r2(law, points),
                request.heldOut().stream()
                        .map(p -> (law.at(p.size()) - p.score()) / p.score())
                        .toList(),
                extrapolate(request, law, refits),
                monotone,
                monotone
                        ? "Scores improve with every size: the law may be used to plan."
                        : "Scores do not improve with every size: the pre-training data may not fit the task. Switch or mix"
                                + " the corpus before extrapolating, and do not take the pre-training loss for a proxy.");
    }

    /** Of many points, a sample finds the best start. */
    private static double[] fit(ScalingRequest request, LawFamily family, List<ScalingPoint> points, FitTime time) {
        List<ScalingPoint> sample = sample(points);
        double[] start = new HuberFit(family, sample, request.huberDelta(), time)
                .best(family.starts(sample))
                .parameters();
        return sample.size() == points.size()
                ? start
                : new HuberFit(family, points, request.huberDelta(), time)
                        .best(List.of(start))
                        .parameters();
    }

    private static List<ScalingPoint> sample(List<ScalingPoint> points) {
        if (points.size() <= MOST_FOR_STARTS) {
            return points;
        }
        return IntStream.range(0, MOST_FOR_STARTS)
                .mapToObj(i -> points.get((int) ((long) i * (points.size() - 1) / (MOST_FOR_STARTS - 1))))
                .toList();
    }

    private static double r2(ScalingLaw law, List<ScalingPoint> points) {
        double mean = points.stream().mapToDouble(ScalingPoint::score).average().orElseThrow();
        double left = points.stream()
                .mapToDouble(p -> square(law.at(p.size()) - p.score()))
                .sum();
        double all = points.stream().mapToDouble(p -> square(p.score() - mean)).sum();
        return 1 - left / all;
    }

    private static List<FittedParameter> parameters(ScalingLaw law, Refits refits) {
        List<FittedParameter> parameters = new ArrayList<>();
        law.parameters()
                .forEach((name, value) ->
                        parameters.add(new FittedParameter(name, value, refits.ofParameter(parameters.size()))));
        return parameters;
    }

    private static List<Extrapolation> extrapolate(ScalingRequest request, ScalingLaw law, Refits refits) {
        List<Extrapolation> extrapolations = new ArrayList<>();
        for (int i = 0; i < request.sizes().size(); i++) {
            double size = request.sizes().get(i);
            extrapolations.add(new Extrapolation(size, law.at(size), refits.ofSize(i)));
        }
        return extrapolations;
    }

    private static double square(double value) {
        return value * value;
    }
}
