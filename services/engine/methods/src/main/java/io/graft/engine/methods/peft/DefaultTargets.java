package io.graft.engine.methods.peft;

import io.graft.platform.methods.NameSelection;
import java.util.List;
import java.util.Map;

/** The modules that PEFT adapts when it is told none, by the model's type. */
final class DefaultTargets {
    private static final NameSelection PROJECTIONS = NameSelection.of(List.of("q_proj", "v_proj"));
    private static final NameSelection ATTENTION = NameSelection.of(List.of("query", "value"));
    private static final Map<String, NameSelection> BY_TYPE = Map.of(
            "llama", PROJECTIONS,
            "mistral", PROJECTIONS,
            "qwen2", PROJECTIONS,
            "qwen3", PROJECTIONS,
            "gemma", PROJECTIONS,
            "bert", ATTENTION,
            "roberta", ATTENTION,
            "electra", ATTENTION,
            "vit", ATTENTION);

    private DefaultTargets() {}

    static NameSelection of(String modelType) {
        NameSelection targets = BY_TYPE.get(modelType);
        if (targets == null) {
            throw new AdapterException(
                    AdapterProblem.NO_TARGET,
                    "target_modules: must be given for a model of type '" + modelType + "'; there are usual ones for "
                            + String.join(
                                    ", ", BY_TYPE.keySet().stream().sorted().toList()));
        }
        return targets;
    }
}
