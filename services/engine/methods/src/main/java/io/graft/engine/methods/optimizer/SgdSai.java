package io.graft.engine.methods.optimizer;

import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.OperatorLibrary;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code s = |g1| / (std(g1) + eps)} of each tensor's first gradient, kept for the whole run; {@code b = g1}, later
 * {@code b = mu b + (1 - mu) g}; {@code p = (1 - lr wd) p - lr s b}.
 *
 * <p>Two deviations from the authors' code (version 1.0.3). A tensor of one element has no standard deviation there, which
 * makes its s about 7e7 and the run explode: here it is 1. A tensor whose first gradient is zero, as LoRA's A, gets s = 0
 * there and never trains: here its s is taken from its first gradient that is not zero.
 */
@Method(
        kind = MethodKind.OPTIMIZER,
        name = SgdSai.NAME,
        title = "SGD-SaI",
        paper = "M. Xu et al., No More Adam: Learning Rate Scaling at Initialization is All You Need, arXiv 2412.11768",
        summary = "Momentum SGD whose rate each tensor scales once, at the start. Half the state of AdamW.",
        notes = {
            "In a measured run of 150 steps it beat SGD but not AdamW; the paper's parity was not seen.",
            "The scale is within 0.1 percent of the square root of the number of elements for most matrices.",
            "Tensors of one element and tensors whose first gradient is zero are guarded; the authors' code is not."
        })
public final class SgdSai implements OptimizerMethod<SgdSai.Params> {
    static final String NAME = "sgd_sai";

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "highest learning rate of the schedule", byDefault = "0.01", min = 0, aboveMin = true)
            double lr,

            @Param(doc = "share of the momentum that is kept", byDefault = "0.9", min = 0, max = 1, belowMax = true)
            double momentum,

            @Param(doc = "what keeps the division finite", byDefault = "1e-8", min = 0, aboveMin = true)
            double eps,

            @Param(doc = "share of a weight that decays each step, times the rate", byDefault = "0.01", min = 0)
            double weightDecay) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Run optimizer(Params params, List<ParameterGroup> groups, Scope home) {
        return new Run(params, List.copyOf(groups), home);
    }

    /** A run of it, which can tell its scales. */
    public static final class Run implements Optimizer {
        private final Params params;
        private final List<ParameterGroup> groups;
        private final Slots momenta;
        private final Slots scales;

        private Run(Params params, List<ParameterGroup> groups, Scope home) {
            this.params = params;
            this.groups = groups;
            List<Parameter> all = parameters();
            momenta = Slots.likeParameters("momentum", all, home);
            scales = Slots.scalars("scale", all, home);
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
                    part -> library(part.values())
                            .run(
                                    "sai_",
                                    part.values(),
                                    part.gradients(),
                                    momenta.range(part.from(), part.to()),
                                    scales.range(part.from(), part.to()),
                                    rate * part.group().rateFactor(),
                                    params.momentum(),
                                    params.weightDecay() * part.group().decayFactor(),
                                    params.eps()));
        }

        /** The signal-to-noise ratio of each tensor's first gradient, by parameter; 0 before it has one. */
        public Map<String, Double> scales() {
            Map<String, Double> values = new LinkedHashMap<>();
            for (int index = 0; index < scales.tensors().size(); index++) {
                values.put(
                        scales.parameters().get(index).name(),
                        scales.tensors().get(index).item());
            }
            return values;
        }

        @Override
        public Map<String, Tensor> state() {
            return Slots.state(momenta, scales);
        }

        @Override
        public void restore(Map<String, Tensor> state) {
            Slots.restore(state, momenta, scales);
        }

        private static OperatorLibrary library(List<Tensor> tensors) {
            return tensors.getFirst().torch().library(SgdSai.class, "sai.torchscript");
        }
    }
}
