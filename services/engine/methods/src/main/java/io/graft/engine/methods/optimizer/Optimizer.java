package io.graft.engine.methods.optimizer;

import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;
import java.util.Map;

/** Updates the parameters of one run. Used by the tensor runtime's thread only. */
public interface Optimizer {
    /** The learning rate of its parameters' record: the peak of the schedule. */
    double peakRate();

    /** The groups, in the order given. */
    List<ParameterGroup> groups();

    /** All parameters, group by group: the order in which {@link #step} wants the gradients. */
    default List<Parameter> parameters() {
        return groups().stream().flatMap(group -> group.parameters().stream()).toList();
    }

    /** The tensors to differentiate by, in the order of {@link #parameters}. */
    default List<Tensor> tensors() {
        return parameters().stream().map(Parameter::value).toList();
    }

    /**
     * Changes the parameters in place.
     *
     * @param rate the schedule's rate; each group multiplies it
     * @param gradients in the order of {@link #parameters}
     * @throws IllegalArgumentException if their number differs
     */
    void step(double rate, Gradients gradients);

    /**
     * Everything it remembers, under names that hold the parameters' names. Continuing from it gives the same bits as never
     * having stopped. The tensors are the optimizer's own: copy or write them before the next step.
     */
    Map<String, Tensor> state();

    /**
     * Takes over a state by copying its tensors.
     *
     * @throws IllegalArgumentException naming what is missing, unknown or of another shape
     */
    void restore(Map<String, Tensor> state);

    /** Size of the state, in bytes. */
    default long stateBytes() {
        return state().values().stream()
                .mapToLong(tensor -> tensor.elements() * tensor.dtype().bytes())
                .sum();
    }
}
