package io.graft.engine.models.mlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamily;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;
import java.util.Map;

/** Builds perceptrons: {@code model_type} is {@code mlp}, a type of Graft's own. */
public final class MlpFamily implements ModelFamily {
    @Override
    public String modelType() {
        return "mlp";
    }

    @Override
    public Map<Task, String> architectures() {
        return Map.of(Task.IMAGE_CLASSIFICATION, "MlpForImageClassification");
    }

    @Override
    public Model build(ObjectNode json, String architecture, Weights weights) {
        return new Mlp(weights, MlpConfig.read(json), json);
    }

    @Override
    public List<String> heads() {
        return List.of("classifier.");
    }
}
