package io.graft.engine.tensors;

import java.util.List;

/**
 * Operations on many tensors in one call: what optimizers are made of. All lists have one length and pairwise equal shapes;
 * the first list is changed in place, outside of any graph.
 */
public final class TensorLists {
    private TensorLists() {}

    /**
     * One fused step of AdamW (Loshchilov and Hutter 2019, equation 12, decay decoupled and scaled by the learning rate), as
     * torch.optim.AdamW(fused=True).
     *
     * @param means first moments, zero before the first step
     * @param squares second moments, zero before the first step
     * @param steps scalars of F32 with the number of steps done; counted up
     */
    public static void adamW(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> means,
            List<Tensor> squares,
            List<Tensor> steps,
            AdamW settings) {
        run(
                "adamw_",
                parameters,
                gradients,
                means,
                squares,
                steps,
                settings.learningRate(),
                settings.beta1(),
                settings.beta2(),
                settings.weightDecay(),
                settings.epsilon());
    }

    /** Numbers of one AdamW step. */
    public record AdamW(double learningRate, double beta1, double beta2, double weightDecay, double epsilon) {}

    /** Numbers of one SGD step; {@code first} says that the momenta are not filled yet. */
    public record Sgd(
            double learningRate,
            double momentum,
            double dampening,
            double weightDecay,
            boolean nesterov,
            boolean first) {}

    /** One fused step of SGD, as torch.optim.SGD(fused=True); the momenta are an empty list without momentum. */
    public static void sgd(List<Tensor> parameters, List<Tensor> gradients, List<Tensor> momenta, Sgd settings) {
        run(
                "sgd_",
                parameters,
                gradients,
                momenta,
                settings.learningRate(),
                settings.momentum(),
                settings.dampening(),
                settings.weightDecay(),
                settings.nesterov(),
                settings.first());
    }

    /** {@code xs *= factor}. */
    public static void scale(List<Tensor> xs, double factor) {
        run("scale_", xs, factor);
    }

    /** {@code xs += factor * ys}. */
    public static void addScaled(List<Tensor> xs, List<Tensor> ys, double factor) {
        run("add_scaled_", xs, ys, factor);
    }

    /** {@code xs += weight * (ys - xs)}. */
    public static void lerp(List<Tensor> xs, List<Tensor> ys, double weight) {
        run("lerp_", xs, ys, weight);
    }

    /** {@code xs = ys}. */
    public static void copy(List<Tensor> xs, List<Tensor> ys) {
        run("copy_", xs, ys);
    }

    /** {@code xs = 0}. */
    public static void zero(List<Tensor> xs) {
        run("zero_", xs);
    }

    /** {@code xs += factor * ys * zs}. */
    public static void addProduct(List<Tensor> xs, List<Tensor> ys, List<Tensor> zs, double factor) {
        run("addcmul_", xs, ys, zs, factor);
    }

    /** {@code xs += factor * ys / zs}. */
    public static void addQuotient(List<Tensor> xs, List<Tensor> ys, List<Tensor> zs, double factor) {
        run("addcdiv_", xs, ys, zs, factor);
    }

    /** Euclidean norm of each tensor, as one vector. */
    public static Tensor norms(List<Tensor> xs) {
        return library(xs).tensor("norms", xs);
    }

    private static void run(String operator, List<Tensor> first, Object... more) {
        if (first.isEmpty()) {
            return;
        }
        Object[] all = new Object[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        Torch torch = first.getFirst().torch();
        torch.withoutGradients(() -> {
            library(first).run(operator, all);
            return true;
        });
    }

    private static OperatorLibrary library(List<Tensor> xs) {
        return xs.getFirst().torch().library(TensorLists.class, "training.torchscript");
    }
}
