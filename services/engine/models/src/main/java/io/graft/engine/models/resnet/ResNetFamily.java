package io.graft.engine.models.resnet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamily;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;
import java.util.Map;

/** Builds residual networks. */
public final class ResNetFamily implements ModelFamily {
    @Override
    public String modelType() {
        return "resnet";
    }

    @Override
    public Map<Task, String> architectures() {
        return Map.of(Task.IMAGE_CLASSIFICATION, "ResNetForImageClassification");
    }

    @Override
    public Model build(ObjectNode json, String architecture, Weights weights) {
        return new ResNet(weights, ResNetConfig.read(json), json);
    }

    /** A body alone is stored without the prefix {@code resnet.}. */
    @Override
    public List<String> aliases(String tensor) {
        return tensor.startsWith("resnet.") ? List.of(tensor.substring("resnet.".length())) : List.of();
    }

    @Override
    public List<String> heads() {
        return List.of("classifier.");
    }
}
