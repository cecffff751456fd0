package io.graft.engine.worker.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.metrics.sensitivity.HessianProduct;
import io.graft.engine.metrics.sensitivity.Sharpness;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products with Hessians that are known in closed form. */
final class HessianTest {
    private static final int ROWS = 24;
    private static final int FEATURES = 4;
    private static final int PARTS = 3;

    private final double[][] x = new double[ROWS][FEATURES];
    private final double[] y = new double[ROWS];
    private final double[] w = {0.3, -0.5, 0.8, 0.1};
    private final double[] v = {0.5, 0.5, -0.5, 0.5};

    private final Torch torch = Torch.open(TorchSettings.threads(1));
    private final Parameter weight = new Parameter("w", Tensors.of(torch, floats(w), FEATURES, 1), true);

    @BeforeEach
    void draw() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < FEATURES; j++) {
                x[i][j] = random.nextDouble(-1, 1) * (j + 1);
            }
            y[i] = random.nextInt(2);
        }
    }

    @AfterEach
    void close() {
        torch.close();
    }

    private BatchedLoss loss(boolean logistic) {
        int size = ROWS / PARTS;
        return new BatchedLoss(
                PARTS,
                part -> {
                    float[] rows = new float[size * FEATURES];
                    float[] targets = new float[size];
                    for (int i = 0; i < size; i++) {
                        targets[i] = (float) y[part * size + i];
                        for (int j = 0; j < FEATURES; j++) {
                            rows[i * FEATURES + j] = (float) x[part * size + i][j];
                        }
                    }
                    Tensor answers = Tensors.of(torch, rows, size, FEATURES).matmul(weight.value());
                    Tensor wanted = Tensors.of(torch, targets, size, 1);
                    Tensor mean = logistic
                            ? Losses.binaryCrossEntropy(answers, wanted)
                            : Losses.meanSquaredError(answers, wanted);
                    return mean.mul(1.0 / PARTS);
                },
                () -> {});
    }

    /** Of least squares 2 X'X / n, of logistic regression X' diag(p (1 - p)) X / n. */
    private double[] wanted(boolean logistic, double[] vector) {
        double[] product = new double[FEATURES];
        for (double[] row : x) {
            double p = 1 / (1 + Math.exp(-dot(row, w)));
            double bend = logistic ? p * (1 - p) : 2;
            for (int j = 0; j < FEATURES; j++) {
                product[j] += bend * dot(row, vector) * row[j] / ROWS;
            }
        }
        return product;
    }

    @Test
    void differentiatedTwiceIsTheHessian() {
        for (boolean logistic : new boolean[] {false, true}) {
            HessianProduct hessian = new DifferentiatedHessian(torch, loss(logistic), weights());
            assertThat(hessian.times(v)).containsExactly(wanted(logistic, v), within(2e-6));
        }
    }

    @Test
    void sharpnessIsTheLargestEigenvalueOfTheHessian() {
        double[] along = v.clone();
        for (int i = 0; i < 500; i++) {
            along = wanted(true, along);
            double norm = Math.sqrt(dot(along, along));
            for (int j = 0; j < FEATURES; j++) {
                along[j] /= norm;
            }
        }
        double largest = dot(along, wanted(true, along));
        Sharpness sharpness = Sharpness.of(new DifferentiatedHessian(torch, loss(true), weights()), FEATURES, 3);
        assertThat(sharpness.converged()).isTrue();
        assertThat(sharpness.eigenvalue()).isCloseTo(largest, within(0.005 * largest));
    }

    @Test
    void aLossThatIsStraightDoesNotBend() {
        BatchedLoss straight = new BatchedLoss(1, part -> weight.value().sum(), () -> {});
        assertThat(new DifferentiatedHessian(torch, straight, weights()).times(v))
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void leavingKeepsTheWeights() {
        BatchedLoss left = new BatchedLoss(1, loss(true).part(), () -> {
            throw new CancellationException("left");
        });
        assertThatThrownBy(() -> new DifferentiatedHessian(torch, left, weights()).times(v))
                .isInstanceOf(CancellationException.class);
        assertThat(weight.value().toFloats()).containsExactly(floats(w));
    }

    @Test
    void theLossIsTheSumOfItsParts() {
        double wanted = 0;
        for (int i = 0; i < ROWS; i++) {
            wanted += Math.pow(dot(x[i], w) - y[i], 2) / ROWS;
        }
        assertThat(loss(false).value(torch)).isCloseTo(wanted, within(1e-5));
        assertThat(weights().dimension()).isEqualTo(FEATURES);
    }

    private Weights weights() {
        return new Weights(List.of(weight));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
