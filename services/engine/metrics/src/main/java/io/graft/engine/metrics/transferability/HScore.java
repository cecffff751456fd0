package io.graft.engine.metrics.transferability;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * The H-score (Bao et al. 2019): the trace of the inverse covariance of the features times the covariance of their class
 * means, so the share of variance between the classes, summed over directions. Directions without variance (below 1e-12 of
 * the largest) are left out, as by a pseudo-inverse.
 */
public record HScore() implements TransferabilityMetric {
    private static final double RANK_TOLERANCE = 1e-12;

    @Override
    public String name() {
        return "H-score";
    }

    @Override
    public boolean comparesDimensions() {
        return true;
    }

    @Override
    public Transferability score(SourceModel model, int[] labels) {
        Classes classes = Classes.of(model, labels);
        double[][] centred = Moments.centred(model.features());
        double[][] means = new double[labels.length][];
        for (int c = 0; c < classes.count(); c++) {
            int[] members = classes.members(c);
            double[] mean = Moments.mean(centred, members);
            for (int i : members) {
                means[i] = mean;
            }
        }
        RealMatrix features = new Array2DRowRealMatrix(centred, false);
        RealMatrix between = new Array2DRowRealMatrix(means, false);
        EigenDecompositionSymmetric within = new EigenDecompositionSymmetric(features.transposeMultiply(features));
        RealMatrix projected = between.multiply(within.getV());
        double floor = RANK_TOLERANCE * within.getEigenvalue(0);
        double trace = 0;
        for (int j = 0; j < model.dimension(); j++) {
            double variance = within.getEigenvalue(j);
            if (variance > floor) {
                double[] column = projected.getColumn(j);
                for (double value : column) {
                    trace += value * value / variance;
                }
            }
        }
        return new Transferability(trace, List.of());
    }
}
