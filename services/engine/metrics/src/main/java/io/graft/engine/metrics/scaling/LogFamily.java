package io.graft.engine.metrics.scaling;

import java.util.ArrayList;
import java.util.List;

/** Parameters: log of log(A D^alpha) at the centre (the smallest size), log alpha, log beta. */
record LogFamily(double centre) implements LawFamily {
    private static final double[] INNERS = {0.5, 1, 2, 4, 8};
    private static final double[] ALPHAS = {0.05, 0.2, 0.5, 1};

    @Override
    public double logScore(double[] p, double size) {
        double inner = Math.exp(p[0]) + Math.exp(p[1]) * Math.log(size / centre);
        return Math.exp(p[2]) * Math.log(inner);
    }

    @Override
    public List<double[]> starts(List<ScalingPoint> points) {
        double highest = points.stream().mapToDouble(ScalingPoint::score).max().orElseThrow();
        double largest = points.stream().mapToDouble(ScalingPoint::size).max().orElseThrow();
        List<double[]> starts = new ArrayList<>();
        for (double inner : INNERS) {
            for (double alpha : ALPHAS) {
                double beta = Math.log(highest) / Math.log(inner + alpha * Math.log(largest / centre));
                starts.add(new double[] {
                    Math.log(inner), Math.log(alpha), Math.log(beta > 0 && Double.isFinite(beta) ? beta : 1)
                });
            }
        }
        return starts;
    }

    @Override
    public ScalingLaw law(double[] p) {
        double alpha = Math.exp(p[1]);
        return new ScalingLaw.LogLaw(Math.exp(p[0]) - alpha * Math.log(centre), alpha, Math.exp(p[2]));
    }
}
