package io.graft.engine.metrics.transferability;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * LogME (You et al. 2021): the log evidence an example, maximised over the prior, of a Bayesian linear regression from the
 * features to each class against the others; the mean over classes. By the fixed-point iteration of the authors' later
 * code: at most 11 steps, relative tolerance 1e-3, 1e-5 added to the divisors, eigenvalues below 1e-10 of the Gram matrix's
 * root dropped. Features are neither centred nor scaled.
 */
public record LogMe() implements TransferabilityMetric {
    private static final int STEPS = 11;
    private static final double TOLERANCE = 1e-3;
    private static final double EPSILON = 1e-5;
    private static final double RANK_TOLERANCE = 1e-10;

    /** Squares of singular values, and of the projections of one target on the left singular vectors. */
    private record Spectrum(double[] sigma, double[] projections, double residual, int n, int dimension) {}

    @Override
    public String name() {
        return "LogME";
    }

    @Override
    public boolean comparesDimensions() {
        return true;
    }

    @Override
    public Transferability score(SourceModel model, int[] labels) {
        Classes classes = Classes.of(model, labels);
        RealMatrix features = new Array2DRowRealMatrix(model.features(), false);
        EigenDecompositionSymmetric gram = new EigenDecompositionSymmetric(features.transposeMultiply(features));
        double[] sigma = Arrays.stream(gram.getEigenvalues())
                .filter(v -> v > 0 && Math.sqrt(v) > RANK_TOLERANCE)
                .toArray();
        RealMatrix projected = features.multiply(gram.getV());
        List<Double> evidences = IntStream.range(0, classes.count())
                .mapToObj(c -> evidence(spectrum(projected, sigma, classes.members(c), model.dimension())))
                .toList();
        return new Transferability(
                evidences.stream().mapToDouble(Double::doubleValue).average().orElseThrow(), evidences);
    }

    private static Spectrum spectrum(RealMatrix projected, double[] sigma, int[] members, int dimension) {
        double[] projections = new double[sigma.length];
        for (int j = 0; j < sigma.length; j++) {
            double sum = 0;
            for (int i : members) {
                sum += projected.getEntry(i, j);
            }
            projections[j] = sum * sum / sigma[j];
        }
        double residual = members.length - Arrays.stream(projections).sum();
        return new Spectrum(sigma, projections, residual, projected.getRowDimension(), dimension);
    }

    private static double evidence(Spectrum s) {
        double alpha = 1;
        double beta = 1;
        double weights = 0;
        double errors = 0;
        boolean settled = false;
        for (int step = 0; step < STEPS && !settled; step++) {
            double t = alpha / beta;
            double gamma = 0;
            weights = 0;
            errors = s.residual();
            for (int j = 0; j < s.sigma().length; j++) {
                double sigma = s.sigma()[j];
                double x2 = s.projections()[j];
                gamma += sigma / (sigma + t);
                weights += sigma * x2 / ((t + sigma) * (t + sigma));
                errors += x2 / ((1 + sigma / t) * (1 + sigma / t));
            }
            alpha = gamma / (weights + EPSILON);
            beta = (s.n() - gamma) / (errors + EPSILON);
            settled = Math.abs(alpha / beta - t) / t <= TOLERANCE;
        }
        double finalAlpha = alpha;
        double finalBeta = beta;
        double determinant = Arrays.stream(s.sigma())
                .map(sigma -> Math.log(finalAlpha + finalBeta * sigma))
                .sum();
        double evidence = s.dimension() / 2.0 * Math.log(alpha)
                + s.n() / 2.0 * Math.log(beta)
                - determinant / 2
                - beta / 2 * errors
                - alpha / 2 * weights
                - s.n() / 2.0 * Math.log(2 * Math.PI);
        return evidence / s.n();
    }
}
