package io.graft.engine.methods.optimizer;

import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorLists;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.MethodParameterException;
import io.graft.platform.methods.Param;
import java.util.List;
import java.util.Map;

/**
 * {@code g += wd p; b = mu b + (1 - dampening) g; p -= lr b}, with {@code g + mu b} in the place of b for Nesterov, as
 * torch's fused SGD. The first step fills b with g.
 */
@Method(
        kind = MethodKind.OPTIMIZER,
        name = Sgd.NAME,
        title = "SGD with momentum",
        paper = "I. Sutskever et al., On the importance of initialization and momentum in deep learning, ICML 2013",
        summary = "One momentum a parameter; strong on convolutional networks.",
        notes = "The weight decay is coupled, as in torch: it is added to the gradient.")
public final class Sgd implements OptimizerMethod<Sgd.Params> {
    static final String NAME = "sgd";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "highest learning rate of the schedule", byDefault = "0.01", min = 0, aboveMin = true)
            double lr,

            @Param(doc = "share of the last step that is kept", byDefault = "0.9", min = 0, max = 1, belowMax = true)
            double momentum,

            @Param(
                    doc = "share of the gradient that does not enter the momentum",
                    byDefault = "0",
                    min = 0,
                    max = 1,
                    belowMax = true)
            double dampening,

            @Param(doc = "factor of the weights that is added to the gradient", byDefault = "0", min = 0)
            double weightDecay,

            @Param(doc = "whether to look ahead along the momentum", byDefault = "false")
            boolean nesterov) {
        /** Refuses what torch refuses. */
        public Params {
            if (nesterov && (momentum == 0 || dampening != 0)) {
                throw new MethodParameterException(NAME, "nesterov", "needs a momentum and no dampening");
            }
        }
    }

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
        private final Slots momenta;
        private final Slots steps;

        Run(Params params, List<ParameterGroup> groups, Scope home) {
            this.params = params;
            this.groups = groups;
            List<Parameter> stored = params.momentum() == 0 ? List.of() : parameters();
            momenta = Slots.likeParameters("momentum", stored, home);
            steps = Slots.counters("step", stored.isEmpty() ? stored : stored.subList(0, 1), home);
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
            boolean first =
                    steps.tensors().isEmpty() || steps.tensors().getFirst().item() == 0;
            GroupStep.each(
                    groups,
                    gradients,
                    part -> TensorLists.sgd(
                            part.values(),
                            part.gradients(),
                            momenta.tensors().isEmpty() ? List.of() : momenta.range(part.from(), part.to()),
                            new TensorLists.Sgd(
                                    rate * part.group().rateFactor(),
                                    params.momentum(),
                                    params.dampening(),
                                    params.weightDecay() * part.group().decayFactor(),
                                    params.nesterov(),
                                    first)));
            steps.tensors().forEach(step -> step.fillInPlace(step.item() + 1));
        }

        @Override
        public Map<String, Tensor> state() {
            return Slots.state(momenta, steps);
        }

        @Override
        public void restore(Map<String, Tensor> state) {
            Slots.restore(state, momenta, steps);
        }
    }
}
