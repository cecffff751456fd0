package io.graft.transfer.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.submission.ModelInput;
import io.graft.v1.Architecture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what the configurations say about the networks. A key that only some of them have decides nothing, because its
 * default depends on the family; shapes tell the rest.
 */
final class ArchitectureCheck {
    private static final String MODEL_TYPE = "model_type";

    /** How far positions reach may differ between generations of one base; the weights still mean the same. */
    private static final Set<String> WARNED = Set.of("rope_scaling", "max_position_embeddings", "sliding_window");

    /** The vocabulary policy decides about it. */
    private static final String VOCABULARY = "vocab_size";

    private ArchitectureCheck() {}

    /**
     * Compares all inputs with each other.
     *
     * @return warnings
     * @throws GraftException {@code ARCHITECTURE_MISMATCH} naming every differing key with each side's value
     */
    static List<String> check(List<ModelInput> inputs) {
        List<String> warnings = new ArrayList<>();
        Map<String, String> differing = new LinkedHashMap<>();
        for (String key : keys(inputs)) {
            Map<String, String> sides = sides(inputs, key);
            if (key.equals(VOCABULARY) || Set.copyOf(sides.values()).size() < 2) {
                continue;
            }
            String values = Sides.describe(sides);
            if (WARNED.contains(key)) {
                warnings.add(key + " differs (" + values + "); the result keeps the target's");
            } else {
                differing.put(key, values);
            }
        }
        if (!differing.isEmpty()) {
            throw mismatch(differing);
        }
        return warnings;
    }

    private static Set<String> keys(List<ModelInput> inputs) {
        Set<String> keys = new TreeSet<>();
        keys.add(MODEL_TYPE);
        inputs.forEach(input ->
                keys.addAll(input.version().getArchitecture().getConfigMap().keySet()));
        return keys;
    }

    private static Map<String, String> sides(List<ModelInput> inputs, String key) {
        Map<String, String> sides = new LinkedHashMap<>();
        for (ModelInput input : inputs) {
            Architecture architecture = input.version().getArchitecture();
            String value =
                    key.equals(MODEL_TYPE) ? architecture.getModelType() : architecture.getConfigOrDefault(key, "");
            if (!value.isEmpty()) {
                sides.put(input.role(), value);
            }
        }
        return sides;
    }

    private static GraftException mismatch(Map<String, String> differing) {
        StringBuilder message = new StringBuilder("The architectures differ:");
        differing.forEach((key, values) ->
                message.append(' ').append(key).append(" (").append(values).append(");"));
        message.append(" use versions of one architecture");
        Map<String, String> metadata = new HashMap<>(differing);
        metadata.put("keys", String.join(",", differing.keySet()));
        return new GraftException(ErrorCode.ARCHITECTURE_MISMATCH, message.toString(), metadata);
    }
}
