package io.graft.engine.metrics.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SensitivityTest {
    @Test
    void learningRateSensitivityCountsDivergedRunsAsUntrained() {
        assertThat(LearningRateSensitivity.of(new double[] {2, 1, 3, 12, Double.NaN}, 7))
                .isCloseTo((1 + 0 + 2 + 6 + 6) / 5.0, within(1e-12));
        assertThat(LearningRateSensitivity.of(new double[] {1, 1}, 7)).isZero();
        assertThatThrownBy(() -> LearningRateSensitivity.of(new double[] {Double.NaN}, Double.NaN))
                .hasMessageContaining("initial_loss[0] is NaN")
                .hasMessageContaining("final_losses has no finite value");
    }

    @Test
    void sharpnessIsTheLargestEigenvalue() {
        double[] eigenvalues = {5, -1, 2, 0.5};
        Sharpness sharpness = Sharpness.of(rotated(eigenvalues), 4, 1);
        assertThat(sharpness.eigenvalue()).isCloseTo(5, within(0.02));
        assertThat(sharpness.converged()).isTrue();
        assertThat(sharpness.iterations()).isLessThan(40);
    }

    @Test
    void largestMagnitudeMayBeNegative() {
        assertThat(Sharpness.of(rotated(new double[] {1, -9, 2, 0.5}), 4, 1).eigenvalue())
                .isCloseTo(-9, within(0.03));
    }

    @Test
    void notConvergedIsSaid() {
        Sharpness sharpness = Sharpness.of(rotated(new double[] {1, 0.999, 0.5, 0.2}), 4, 1, 1e-12, 3);
        assertThat(sharpness.converged()).isFalse();
        assertThat(sharpness.iterations()).isEqualTo(3);
    }

    @Test
    void flatLossHasNoSharpness() {
        assertThat(Sharpness.of(v -> new double[v.length], 3, 0)).isEqualTo(new Sharpness(0, 1, true));
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> Sharpness.of(v -> v, 0, 0, 0, 0))
                .hasMessageContaining("dimension is 0")
                .hasMessageContaining("tolerance is 0")
                .hasMessageContaining("max_iterations is 0");
        assertThatThrownBy(() -> Sharpness.of(v -> new double[] {Double.NaN}, 1, 0))
                .hasMessageContaining("hessian_product[0] is NaN");
    }

    /** A matrix with these eigenvalues and the columns of a Hadamard matrix as eigenvectors. */
    private static HessianProduct rotated(double[] eigenvalues) {
        double[][] h = {{1, 1, 1, 1}, {1, -1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}};
        return vector -> {
            double[] product = new double[4];
            for (int e = 0; e < 4; e++) {
                double along = 0;
                for (int i = 0; i < 4; i++) {
                    along += h[e][i] / 2 * vector[i];
                }
                for (int i = 0; i < 4; i++) {
                    product[i] += eigenvalues[e] * along * h[e][i] / 2;
                }
            }
            return product;
        };
    }
}
