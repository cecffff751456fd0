package io.graft.engine.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes the names of labels as configurations hold them. */
final class Labels {
    private Labels() {}

    static void write(ObjectNode config, List<String> labels) {
        ObjectNode names = config.putObject("id2label");
        ObjectNode ids = config.putObject("label2id");
        for (int i = 0; i < labels.size(); i++) {
            names.put(Integer.toString(i), labels.get(i));
            ids.put(labels.get(i), i);
        }
        config.remove("num_labels");
    }
}
