package io.graft.engine.metrics.scaling;

import java.util.ArrayList;
import java.util.List;

/** Parameters: log E, log(A / centre^alpha), log alpha. */
record CrossEntropyFamily(double centre) implements LawFamily {
    private static final double[] SHARES = {0.05, 0.3, 0.6, 0.8, 0.95};
    private static final double[] ALPHAS = {0.1, 0.3, 0.6, 1.0};

    @Override
    public double logScore(double[] p, double size) {
        double reducible = p[1] - Math.exp(p[2]) * Math.log(size / centre);
        double larger = Math.max(p[0], reducible);
        return larger + Math.log(Math.exp(p[0] - larger) + Math.exp(reducible - larger));
    }

    @Override
    public List<double[]> starts(List<ScalingPoint> points) {
        double lowest = points.stream().mapToDouble(ScalingPoint::score).min().orElseThrow();
        double middle =
                points.stream().mapToDouble(ScalingPoint::score).average().orElseThrow();
        List<double[]> starts = new ArrayList<>();
        for (double share : SHARES) {
            for (double alpha : ALPHAS) {
                double irreducible = share * lowest;
                starts.add(new double[] {Math.log(irreducible), Math.log(middle - irreducible), Math.log(alpha)});
            }
        }
        return starts;
    }

    @Override
    public ScalingLaw law(double[] p) {
        double alpha = Math.exp(p[2]);
        return new ScalingLaw.CrossEntropy(Math.exp(p[0]), p[1] + alpha * Math.log(centre), alpha);
    }
}
