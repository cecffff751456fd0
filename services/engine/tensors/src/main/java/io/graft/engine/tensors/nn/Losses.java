package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Tensor;
import java.util.List;

/** Loss functions, one native call each. */
public final class Losses {
    /** The target that Hugging Face collators give to positions without a label. */
    public static final long IGNORED = -100;

    private static final long CHUNK_ELEMENTS = 4L << 20;

    private Losses() {}

    /**
     * A loss and how many targets it was taken over.
     *
     * @param count scalar of F32, not differentiable
     */
    public record Counted(Tensor loss, Tensor count) {}

    /**
     * What is added to plain cross entropy, and what the sum is divided by.
     *
     * @param smoothing share of the target that is spread over all classes (Szegedy et al. 2016)
     * @param z factor of the squared logarithm of the normaliser (z-loss, Chowdhery et al. 2022)
     * @param divisor what the sum is divided by, or 0 for the number of targets
     */
    public record Reduction(double smoothing, double z, double divisor) {
        /** The plain mean. */
        public static final Reduction MEAN = new Reduction(0, 0, 0);
    }

    /** Mean cross entropy of logits [n, classes] and class numbers [n], leaving out those that are {@link #IGNORED}. */
    public static Tensor crossEntropy(Tensor logits, Tensor target, double smoothing) {
        return library(logits).tensor("cross_entropy", logits, target, IGNORED, smoothing);
    }

    /** The same for each row; zero where it is left out. */
    public static Tensor crossEntropyEach(Tensor logits, Tensor target, double smoothing) {
        return library(logits).tensor("cross_entropy_each", logits, target, IGNORED, smoothing);
    }

    /** Mean cross entropy against probabilities [n, classes]. */
    public static Tensor crossEntropySoft(Tensor logits, Tensor target) {
        return library(logits).tensor("cross_entropy_soft", logits, target);
    }

    /**
     * Cross entropy of {@code hidden weight^T} without ever holding all logits: chunks of rows are turned into loss and
     * gradient at once. The value and the gradients of hidden states and weight are those of {@link #crossEntropy}; second
     * derivatives are not.
     *
     * @param hidden [n, size]
     * @param weight [classes, size]
     * @param how smoothing, z-loss and the divisor
     */
    public static Counted linearCrossEntropy(Tensor hidden, Tensor weight, Tensor target, Reduction how) {
        long rows = Math.clamp(CHUNK_ELEMENTS / weight.size(0), 16, 4096);
        List<Tensor> parts = library(hidden)
                .tensors(
                        "linear_cross_entropy",
                        hidden,
                        weight,
                        target,
                        IGNORED,
                        how.smoothing(),
                        how.z(),
                        how.divisor(),
                        rows);
        return new Counted(parts.get(0), parts.get(1));
    }

    /** The same of logits that are there anyway. */
    public static Counted logitsCrossEntropy(Tensor logits, Tensor target, Reduction how) {
        List<Tensor> parts = library(logits)
                .tensors("logits_cross_entropy", logits, target, IGNORED, how.smoothing(), how.z(), how.divisor());
        return new Counted(parts.get(0), parts.get(1));
    }

    /** Mean binary cross entropy of logits and targets in [0, 1]. */
    public static Tensor binaryCrossEntropy(Tensor logits, Tensor target) {
        return library(logits).tensor("binary_cross_entropy", logits, target);
    }

    public static Tensor meanSquaredError(Tensor x, Tensor y) {
        return library(x).tensor("mse", x, y);
    }

    /** Squared below {@code beta}, absolute above. */
    public static Tensor smoothL1(Tensor x, Tensor y, double beta) {
        return library(x).tensor("smooth_l1", x, y, beta);
    }

    /** {@code T^2 KL(softmax(teacher / T) || softmax(student / T))}, mean over rows (Hinton et al. 2015). */
    public static Tensor distillation(Tensor student, Tensor teacher, double temperature) {
        return library(student).tensor("kl_divergence", student, teacher, temperature);
    }

    private static OperatorLibrary library(Tensor tensor) {
        return tensor.torch().library(Tensor.class, "losses.torchscript");
    }
}
