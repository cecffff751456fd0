package io.graft.engine.metrics.representation;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * Linear centred kernel alignment (Kornblith et al. 2019): the similarity of two representations of the same inputs, from 0
 * to 1, unchanged by rotation and scale. They may differ in the number of features.
 */
public final class LinearCka {
    private LinearCka() {}

    /**
     * The alignment.
     *
     * @throws io.graft.engine.metrics.MetricInputException for fewer than two inputs, other numbers of inputs or a constant
     *     representation
     */
    public static double of(double[][] first, double[][] second) {
        new InputCheck()
                .matrix("first", first)
                .matrix("second", second)
                .parallel("first", first.length, "second", second.length)
                .require(first.length > 1, "first", "has " + first.length + " inputs", "take at least two")
                .done();
        RealMatrix x = centred(first);
        RealMatrix y = centred(second);
        double own = x.transposeMultiply(x).getFrobeniusNorm()
                * y.transposeMultiply(y).getFrobeniusNorm();
        new InputCheck()
                .require(own > 0, "first or second", "is the same for every input", "take another layer")
                .done();
        double cross = x.transposeMultiply(y).getFrobeniusNorm();
        return cross * cross / own;
    }

    private static RealMatrix centred(double[][] rows) {
        RealMatrix matrix = new Array2DRowRealMatrix(rows, true);
        for (int j = 0; j < matrix.getColumnDimension(); j++) {
            double mean = Arrays.stream(matrix.getColumn(j)).average().orElseThrow();
            matrix.setColumnVector(j, matrix.getColumnVector(j).mapSubtract(mean));
        }
        return matrix;
    }
}
