package io.graft.engine.training;

import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.schedule.Schedule;
import io.graft.engine.methods.stopping.StoppingRule;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run changes and what changes it.
 *
 * @param buffers tensors of the model that training changes without gradients, such as running means
 * @param stopping what ends the run early; null for nothing
 */
public record Trained(
        Optimizer optimizer,
        Schedule schedule,
        List<Parameter> buffers,
        @Nullable StoppingRule stopping) {
    public Trained {
        buffers = List.copyOf(buffers);
    }

    /** Everything that a checkpoint has to keep of the model. */
    List<Parameter> kept() {
        return Stream.concat(optimizer.parameters().stream(), buffers.stream()).toList();
    }
}
