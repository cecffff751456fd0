package io.graft.engine.models.llama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamily;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;
import java.util.Map;

/** Builds Llama models. */
public final class LlamaFamily implements ModelFamily {
    private static final String CLASSIFIER = "LlamaForSequenceClassification";

    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public Map<Task, String> architectures() {
        return Map.of(Task.CAUSAL_LM, "LlamaForCausalLM", Task.SEQUENCE_CLASSIFICATION, CLASSIFIER);
    }

    @Override
    public Model build(ObjectNode json, String architecture, Weights weights) {
        LlamaConfig config = LlamaConfig.read(json);
        Init init = new Init.Normal(config.initializerRange());
        LlamaBody body = new LlamaBody(weights, config);
        if (architecture.equals(CLASSIFIER)) {
            Linear score =
                    Linear.of(weights, "score", config.hidden(), config.labels().size(), false, init);
            return new LlamaClassifier(body, score, config.labels(), json);
        }
        Linear head = config.tied()
                ? new Linear("lm_head", body.embeddings().weight(), null)
                : Linear.of(weights, "lm_head", config.hidden(), config.vocabulary(), false, init);
        return new Llama(body, head, config.positions(), json);
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
