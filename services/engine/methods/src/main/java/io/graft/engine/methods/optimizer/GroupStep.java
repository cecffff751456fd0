package io.graft.engine.methods.optimizer;

import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;

/** The part of a step that belongs to one group: indices {@code from} to {@code to - 1} of all parameters. */
record GroupStep(ParameterGroup group, List<Tensor> values, List<Tensor> gradients, int from, int to) {
    /** What a group's part does. */
    interface Work {
        void step(GroupStep step);
    }

    static void each(List<ParameterGroup> groups, Gradients gradients, Work work) {
        int all = groups.stream().mapToInt(group -> group.parameters().size()).sum();
        if (gradients.values().size() != all) {
            throw new IllegalArgumentException(
                    "There are " + gradients.values().size() + " gradients for " + all + " parameters");
        }
        int from = 0;
        for (ParameterGroup group : groups) {
            int to = from + group.parameters().size();
            List<Tensor> values =
                    group.parameters().stream().map(Parameter::value).toList();
            if (!values.isEmpty()) {
                work.step(new GroupStep(group, values, gradients.values().subList(from, to), from, to));
            }
            from = to;
        }
    }
}
