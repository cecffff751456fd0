package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.DataColumns;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of networks that this release trains and measures, by {@code model_type}. */
public final class Families {
    private static final Map<String, Family> KNOWN = new TreeMap<>(Map.of(
            "bert", Family.ENCODER,
            "llama", Family.DECODER,
            "vit", Family.VISION,
            "resnet", Family.VISION,
            "mlp", Family.VISION));

    private Families() {}

    private enum Family {
        ENCODER,
        DECODER,
        VISION
    }

    /** Whether a network of that type reads tokens. */
    public static boolean readsText(String modelType) {
        Family family = KNOWN.get(modelType);
        return family == Family.ENCODER || family == Family.DECODER;
    }

    /**
     * Notes a network that can't learn, or be measured by, a task.
     *
     * @param field that names the network
     */
    public static void check(SpecFields fields, String field, String modelType, Task task, DataColumns columns) {
        Family family = KNOWN.get(modelType);
        if (family == null) {
            fields.require(
                    false,
                    field,
                    "is a network of type '" + modelType + "'; this release has " + String.join(", ", KNOWN.keySet()));
            return;
        }
        boolean fits = switch (task) {
            case CAUSAL_LM -> family == Family.DECODER;
            case PAIRS -> family == Family.ENCODER;
            case PAIR_CLASSIFICATION -> family != Family.VISION;
            case CLASSIFICATION, INPUTS ->
                family == Family.VISION != columns.getImage().isEmpty();
            case OTHER -> true;
        };
        String cure = switch (task) {
            case CAUSAL_LM -> "texts are continued by a decoder such as llama";
            case PAIRS -> "texts are embedded by an encoder such as bert";
            case PAIR_CLASSIFICATION -> "texts are classified by bert or llama";
            case CLASSIFICATION, INPUTS ->
                columns.getImage().isEmpty()
                        ? "texts are classified by bert or llama"
                        : "images are classified by vit, resnet or mlp";
            case OTHER -> "";
        };
        fields.require(fits, field, "is a network of type '" + modelType + "'; " + cure);
    }
}
