package io.graft.engine.metrics.transferability;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/** What is done to features before they are measured. All but {@link None} subtract the mean first. */
public sealed interface Normalisation {
    /** The features, changed. */
    double[][] apply(double[][] features);

    /** Leaves the features alone: the scale that the model gave them counts. */
    record None() implements Normalisation {
        @Override
        public double[][] apply(double[][] features) {
            return features;
        }
    }

    /** Divides by the root mean square over all examples and features. */
    record Rms() implements Normalisation {
        @Override
        public double[][] apply(double[][] features) {
            double[][] centred = Moments.centred(features);
            double squares = Arrays.stream(centred)
                    .flatMapToDouble(Arrays::stream)
                    .map(v -> v * v)
                    .average()
                    .orElseThrow();
            new InputCheck()
                    .require(squares > 0, "features", "are the same for every example", "take another layer")
                    .done();
            double scale = 1 / Math.sqrt(squares);
            return Arrays.stream(centred)
                    .map(row -> Arrays.stream(row).map(v -> v * scale).toArray())
                    .toArray(double[][]::new);
        }
    }

    /** Keeps the principal components with the largest variance, so that models of any dimension can be compared. */
    record Pca(int dimension) implements Normalisation {
        @Override
        public double[][] apply(double[][] features) {
            new InputCheck()
                    .require(
                            dimension > 0 && dimension <= features[0].length,
                            "dimension",
                            "is " + dimension + " of " + features[0].length + " features",
                            "take a number from 1 to the number of features of the smallest model")
                    .done();
            RealMatrix centred = new Array2DRowRealMatrix(Moments.centred(features), false);
            RealMatrix vectors = new EigenDecompositionSymmetric(
                            centred.transposeMultiply(centred).scalarMultiply(1.0 / features.length))
                    .getV();
            return centred.multiply(vectors.getSubMatrix(0, features[0].length - 1, 0, dimension - 1))
                    .getData();
        }
    }
}
