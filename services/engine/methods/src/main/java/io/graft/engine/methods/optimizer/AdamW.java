package io.graft.engine.methods.optimizer;

import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorLists;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.List;
import java.util.Map;

/**
 * {@code p *= 1 - lr wd; m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; p -= lr m^/(sqrt(v^) + eps)}, with bias-corrected
 * moments, as torch's fused AdamW: one native call a group.
 */
@Method(
        kind = MethodKind.OPTIMIZER,
        name = AdamW.NAME,
        title = "AdamW",
        paper = "I. Loshchilov and F. Hutter, Decoupled Weight Decay Regularization, arXiv 1711.05101",
        summary = "Adam with decoupled weight decay; the usual choice. Two moments a parameter.",
        notes =
                "Biases and gains of norms do not decay. Whole models want 2e-5 to 5e-5, adapters about ten times that.")
public final class AdamW implements OptimizerMethod<AdamW.Params> {
    static final String NAME = "adamw";

    /** See the components' documentation. */
    public record Params(
            @Param(
                    doc = "highest learning rate of the schedule",
                    byDefault = "0.0002",
                    min = 0,
                    aboveMin = true,
                    max = 1)
            double lr,

            @Param(doc = "decay of the first moment", byDefault = "0.9", min = 0, max = 1, belowMax = true)
            double beta1,

            @Param(doc = "decay of the second moment", byDefault = "0.999", min = 0, max = 1, belowMax = true)
            double beta2,

            @Param(doc = "what keeps the division finite", byDefault = "1e-8", min = 0, aboveMin = true)
            double eps,

            @Param(doc = "share of a weight that decays each step, times the rate", byDefault = "0", min = 0)
            double weightDecay) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Optimizer optimizer(Params params, List<ParameterGroup> groups, Scope home) {
        return new Run(params, List.copyOf(groups), home);
    }

    private static final class Run implements Optimizer {
        private final Params params;
        private final List<ParameterGroup> groups;
        private final Slots means;
        private final Slots squares;
        private final Slots steps;

        Run(Params params, List<ParameterGroup> groups, Scope home) {
            this.params = params;
            this.groups = groups;
            List<Parameter> all = parameters();
            means = Slots.likeParameters("mean", all, home);
            squares = Slots.likeParameters("square", all, home);
            steps = Slots.counters("step", all, home);
        }

        @Override
        public double peakRate() {
            return params.lr();
        }

        @Override
        public List<ParameterGroup> groups() {
            return groups;
        }

        @Override
        public void step(double rate, Gradients gradients) {
            GroupStep.each(
                    groups,
                    gradients,
                    part -> TensorLists.adamW(
                            part.values(),
                            part.gradients(),
                            means.range(part.from(), part.to()),
                            squares.range(part.from(), part.to()),
                            steps.range(part.from(), part.to()),
                            new TensorLists.AdamW(
                                    rate * part.group().rateFactor(),
                                    params.beta1(),
                                    params.beta2(),
                                    params.weightDecay() * part.group().decayFactor(),
                                    params.eps())));
        }

        @Override
        public Map<String, Tensor> state() {
            return Slots.state(means, squares, steps);
        }

        @Override
        public void restore(Map<String, Tensor> state) {
            Slots.restore(state, means, squares, steps);
        }
    }
}
