package io.graft.engine.metrics.comparison;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Score bounds of the difference of two paired proportions (Tango 1998, "Equivalence test and confidence interval for the
 * difference in proportions for the paired-sample design", equations 5 and 6): all differences that the score test does
 * not reject. Keeps its level where the bootstrap fails: few examples, or few that the systems solve differently; two
 * systems that agree on every example still leave room for a difference of about {@code z^2 / (n + z^2)}.
 */
public record TangoInterval(PairedCounts counts) implements Bounds {
    private static final int BISECTIONS = 60;

    @Override
    public double estimate() {
        return (double) (counts.onlyCandidate() - counts.onlyBaseline()) / counts.examples();
    }

    @Override
    public double lower(double alpha) {
        double z = new NormalDistribution().inverseCumulativeProbability(1 - alpha);
        return crossing(z, -1, estimate());
    }

    @Override
    public double upper(double alpha) {
        double z = new NormalDistribution().inverseCumulativeProbability(1 - alpha);
        return crossing(-z, estimate(), 1);
    }

    /** The difference between the two at which the statistic, which falls as the difference grows, has a value. */
    private double crossing(double value, double low, double high) {
        double left = low;
        double right = high;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (left + right) / 2;
            if (statistic(middle) > value) {
                left = middle;
            } else {
                right = middle;
            }
        }
        return (left + right) / 2;
    }

    private double statistic(double delta) {
        double n = counts.examples();
        double b = counts.onlyCandidate();
        double c = counts.onlyBaseline();
        double linear = -b - c + (2 * n - b + c) * delta;
        double root = Math.sqrt(Math.max(0, linear * linear + 8 * n * c * delta * (1 - delta)));
        double onlyBaselineShare = (root - linear) / (4 * n);
        double variance = n * (2 * onlyBaselineShare + delta * (1 - delta));
        double distance = b - c - n * delta;
        return variance <= 0
                ? Math.copySign(distance == 0 ? 0 : Double.POSITIVE_INFINITY, distance)
                : distance / Math.sqrt(variance);
    }
}
