package io.graft.engine.models.vit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamily;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds vision transformers. */
public final class VitFamily implements ModelFamily {
    @Override
    public String modelType() {
        return "vit";
    }

    @Override
    public Map<Task, String> architectures() {
        return Map.of(Task.IMAGE_CLASSIFICATION, "ViTForImageClassification");
    }

    @Override
    public Model build(ObjectNode json, String architecture, Weights weights) {
        return new Vit(weights, VitConfig.read(json), json);
    }

    /** With the names of transformers 5, and a body alone without the prefix {@code vit.}. */
    @Override
    public List<String> aliases(String tensor) {
        List<String> names = new ArrayList<>(List.of(VitNames.inMemory(tensor)));
        if (tensor.startsWith("vit.")) {
            String bare = tensor.substring("vit.".length());
            names.add(bare);
            names.add(VitNames.inMemory(bare));
        }
        return names;
    }

    @Override
    public List<String> heads() {
        return List.of("classifier.", "vit.pooler.", "pooler.");
    }
}
