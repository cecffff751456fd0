package io.graft.engine.models.llama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamily;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;
import java.util.Map;

/** Builds Llama models. */
public final class LlamaFamily implements ModelFamily {
    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public Map<Task, String> architectures() {
        return Map.of(Task.CAUSAL_LM, "LlamaForCausalLM");
    }

    @Override
    public Model build(ObjectNode json, String architecture, Weights weights) {
        return new Llama(weights, LlamaConfig.read(json), json);
    }

    /** A body alone is stored without the prefix {@code model.}. */
    @Override
    public List<String> aliases(String tensor) {
        return tensor.startsWith("model.") ? List.of(tensor.substring("model.".length())) : List.of();
    }

    @Override
    public List<String> heads() {
        return List.of("lm_head.", "score.");
    }
}
