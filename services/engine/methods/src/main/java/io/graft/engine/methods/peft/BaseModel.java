package io.graft.engine.methods.peft;

import io.graft.engine.tensors.nn.Module;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that adapters are put on.
 *
 * @param module its root; names of its parts are those of its checkpoint
 * @param modelType {@code model_type} of its configuration, for the usual targets
 * @param heads full names of the output heads, which {@code all-linear} leaves out
 * @param taskType PEFT's word for the task, for example {@code SEQ_CLS}, which makes the head a module to save; or null
 * @param name what the adapter's configuration calls it; a hint for people, or null
 */
public record BaseModel(
        Module module,
        String modelType,
        Set<String> heads,
        @Nullable String taskType,
        @Nullable String name) {
    /** Copies the heads. */
    public BaseModel {
        heads = Set.copyOf(heads);
    }
}
