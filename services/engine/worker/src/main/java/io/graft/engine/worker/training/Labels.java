package io.graft.engine.worker.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.worker.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Names of the labels that a classifier was trained on, in the order of its scores. */
public final class Labels {
    /** Where an adapter keeps the configuration that its base has under it. */
    static final String ADAPTED_CONFIG = ModelFiles.OWN_FOLDER + "config.json";

    private Labels() {}

    /** Of a folder with a model, or with an adapter; empty when it says nothing of labels. */
    public static List<String> of(Path folder) throws IOException {
        for (String name : List.of(ADAPTED_CONFIG, ModelFiles.CONFIG)) {
            Path config = folder.resolve(name);
            if (Files.exists(config)) {
                return of(ModelFamilies.parse(name, Files.readString(config)));
            }
        }
        return List.of();
    }

    private static List<String> of(ObjectNode config) {
        JsonNode names = config.path("id2label");
        List<String> labels = new ArrayList<>();
        for (int i = 0; names.has(Integer.toString(i)); i++) {
            labels.add(names.path(Integer.toString(i)).asText());
        }
        return labels;
    }
}
