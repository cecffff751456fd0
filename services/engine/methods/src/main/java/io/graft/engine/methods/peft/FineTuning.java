package io.graft.engine.methods.peft;

import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;

/** A model that is ready to be fine-tuned. */
public sealed interface FineTuning {
    /** Everything that is trained, for the optimizer. */
    List<ParameterGroup> groups();

    /** Everything that is trained, for a checkpoint. */
    default List<Parameter> parameters() {
        return groups().stream().flatMap(group -> group.parameters().stream()).toList();
    }

    /** All of the model. */
    record Whole(List<ParameterGroup> groups) implements FineTuning {
        /** Copies the list. */
        public Whole {
            groups = List.copyOf(groups);
        }
    }

    /** An adapter on it. */
    record Adapted(LoraAdapter adapter, List<ParameterGroup> groups) implements FineTuning {
        /** Copies the list. */
        public Adapted {
            groups = List.copyOf(groups);
        }
    }
}
