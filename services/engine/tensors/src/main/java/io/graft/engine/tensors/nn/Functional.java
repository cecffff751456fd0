package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of layers without state, one native call each. */
public final class Functional {
    private Functional() {}

    /** {@code x weight^T + bias}; weight is [out, in]. */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return bias == null
                ? library(x).tensor("linear", x, weight)
                : library(x).tensor("linear_bias", x, weight, bias);
    }

    /** {@code base + scale * (x a^T) b^T}; a is [r, in], b is [out, r]. */
    public static Tensor lowRank(Tensor base, Tensor x, Tensor a, Tensor b, double scale) {
        return library(x).tensor("low_rank", base, x, a, b, scale);
    }

    /**
     * Rows of a table.
     *
     * @param padding the row that gets no gradient, or -1
     */
    public static Tensor embedding(Tensor weight, Tensor ids, long padding) {
        return library(ids).tensor("embedding", weight, ids, padding);
    }

    /** Layer norm over the last dimensions, those of the weight. */
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) {
        return library(x).tensor("layer_norm", x, weight, bias, epsilon);
    }

    /** {@code x / sqrt(mean(x^2) + epsilon) * weight} over the last dimension. */
    public static Tensor rmsNorm(Tensor x, Tensor weight, double epsilon) {
        return library(x).tensor("rms_norm", x, weight, epsilon);
    }

    /** Group norm over [batch, channels, ...]. */
    public static Tensor groupNorm(Tensor x, long groups, Tensor weight, Tensor bias, double epsilon) {
        return library(x).tensor("group_norm", x, groups, weight, bias, epsilon);
    }

    /** Convolution of [batch, in, height, width] with a weight [out, in / groups, kernel, kernel]. */
    public static Tensor conv2d(
            Tensor x, Tensor weight, @Nullable Tensor bias, long stride, long padding, long groups) {
        List<Tensor> biases = bias == null ? List.of() : List.of(bias);
        return library(x).tensor("conv2d", x, weight, biases, stride, padding, groups);
    }

    public static Tensor maxPool2d(Tensor x, long size, long stride, long padding) {
        return library(x).tensor("max_pool2d", x, size, stride, padding);
    }

    public static Tensor avgPool2d(Tensor x, long size, long stride, long padding) {
        return library(x).tensor("avg_pool2d", x, size, stride, padding);
    }

    /** Averages over equal parts, so that the result is size x size. */
    public static Tensor adaptiveAvgPool2d(Tensor x, long size) {
        return library(x).tensor("adaptive_avg_pool2d", x, size);
    }

    /** Drops elements with a probability and scales the others up; draws at the next random position. */
    public static Tensor dropout(Tensor x, double rate) {
        x.torch().random().next();
        return library(x).tensor("dropout", x, rate);
    }

    public static Tensor softmax(Tensor x, int dimension) {
        return library(x).tensor("softmax", x, dimension);
    }

    public static Tensor logSoftmax(Tensor x, int dimension) {
        return library(x).tensor("log_softmax", x, dimension);
    }

    public static Tensor logSumExp(Tensor x, int dimension, boolean keep) {
        return library(x).tensor("logsumexp", x, dimension, keep);
    }

    public static Tensor sigmoid(Tensor x) {
        return library(x).tensor("sigmoid", x);
    }

    public static Tensor logSigmoid(Tensor x) {
        return library(x).tensor("log_sigmoid", x);
    }

    public static Tensor softplus(Tensor x) {
        return library(x).tensor("softplus", x);
    }

    /** {@code silu(gate) * up}. */
    public static Tensor swiGlu(Tensor gate, Tensor up) {
        return library(gate).tensor("swiglu", gate, up);
    }

    /** Scales to Euclidean norm 1 along a dimension, as torch.nn.functional.normalize. */
    public static Tensor normalize(Tensor x, int dimension) {
        return library(x).tensor("normalize", x, dimension, 1e-12);
    }

    /** Mean of hidden states [batch, length, size] over the positions where the mask [batch, length] is not zero. */
    public static Tensor maskedMean(Tensor hidden, Tensor mask) {
        return library(hidden).tensor("masked_mean", hidden, mask);
    }

    static OperatorLibrary initialisers(Tensor tensor) {
        return tensor.torch().library(Tensor.class, "arithmetic.torchscript");
    }

    static OperatorLibrary library(Tensor tensor) {
        return tensor.torch().library(Tensor.class, "layers.torchscript");
    }
}
