package io.graft.engine.methods.peft;

import io.graft.engine.tensors.nn.Module;
import java.util.Collection;
import java.util.LinkedHashSet;
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
 * @param fresh full names of modules that the checkpoint did not have and that were filled at random: a new adapter trains
 *     and stores them whole, since the base is of no use without them
 * @param neutral full names of modules that the checkpoint did not have and that start as the identity: a new adapter stores
 *     them too, for readers that would draw them at random, but trains them only where its configuration names them
 */
public record BaseModel(
        Module module,
        String modelType,
        Set<String> heads,
        @Nullable String taskType,
        @Nullable String name,
        Set<String> fresh,
        Set<String> neutral) {
    /** Copies the sets. */
    public BaseModel {
        heads = Set.copyOf(heads);
        fresh = Set.copyOf(fresh);
        neutral = Set.copyOf(neutral);
    }

    /** A model whose every weight comes from its checkpoint. */
    public BaseModel(
            Module module, String modelType, Set<String> heads, @Nullable String taskType, @Nullable String name) {
        this(module, modelType, heads, taskType, name, Set.of(), Set.of());
    }

    /** The same where these parameters were filled at random, and those made neutral. */
    public BaseModel withNewParameters(Collection<String> random, Collection<String> neutralOnes) {
        return new BaseModel(module, modelType, heads, taskType, name, modules(random), modules(neutralOnes));
    }

    private static Set<String> modules(Collection<String> parameters) {
        Set<String> modules = new LinkedHashSet<>();
        for (String parameter : parameters) {
            modules.add(parameter.substring(0, Math.max(0, parameter.lastIndexOf('.'))));
        }
        return modules;
    }
}
