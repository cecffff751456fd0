package io.graft.registry.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.v1.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code config.json} down to the keys that decide whether two models fit together. */
final class ConfigReader {
    /** Longest {@code config.json} that is read, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // Python writes Infinity, and some published configurations hold it.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final Set<String> DECIDING = Set.of(
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "head_dim",
            "vocab_size",
            "type_vocab_size",
            "tie_word_embeddings",
            "max_position_embeddings",
            "position_embedding_type",
            "rope_theta",
            "rope_scaling",
            "partial_rotary_factor",
            "sliding_window",
            "hidden_act",
            "hidden_activation",
            "activation_function",
            "num_experts",
            "num_local_experts",
            "num_experts_per_tok",
            "moe_intermediate_size",
            "embedding_size",
            "n_embd",
            "n_layer",
            "n_head",
            "n_inner",
            "n_positions",
            "d_model",
            "d_ff",
            "d_kv",
            "num_layers",
            "num_decoder_layers",
            "num_heads",
            "feed_forward_proj",
            "dim",
            "n_layers",
            "n_heads",
            "hidden_dim");

    private static final int LONGEST_PLAIN = 40;

    private ConfigReader() {}

    /** The object that a configuration file holds. */
    static ObjectNode object(String file, InputStream stream) throws IOException {
        try {
            if (JSON.readTree(stream) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw InspectionFailure.model(file, "can't be read as JSON (" + e.getOriginalMessage() + ")", e);
        }
        throw InspectionFailure.model(file, "is not a JSON object");
    }

    /** The facts in a {@code config.json}; those of a nested {@code text_config} stand in for what is absent outside. */
    static Architecture architecture(String file, InputStream stream) throws IOException {
        ObjectNode config = object(file, stream);
        JsonNode type = config.path("model_type");
        if (!type.isTextual() || type.textValue().isEmpty()) {
            throw InspectionFailure.model(file, "has no model_type, for example \"bert\" or \"llama\"");
        }
        if (config.get("text_config") instanceof ObjectNode text) {
            text.properties().forEach(entry -> config.putIfAbsent(entry.getKey(), entry.getValue()));
        }
        flattenRope(config);
        Architecture.Builder architecture = Architecture.newBuilder().setModelType(type.textValue());
        for (String key : new TreeSet<>(DECIDING)) {
            Optional.ofNullable(config.get(key))
                    .filter(value -> !value.isNull())
                    .ifPresent(value -> architecture.putConfig(key, canonical(value)));
        }
        return architecture.build();
    }

    /** Newer configurations nest {@code rope_theta} under {@code rope_parameters}; both spellings compare equal. */
    private static void flattenRope(ObjectNode config) {
        if (!(config.get("rope_parameters") instanceof ObjectNode rope)) {
            return;
        }
        ObjectNode scaling = rope.deepCopy();
        JsonNode theta = scaling.remove("rope_theta");
        if (theta != null) {
            config.putIfAbsent("rope_theta", theta);
        }
        if (!scaling.path("rope_type").asText("default").equals("default")) {
            config.putIfAbsent("rope_scaling", scaling);
        }
    }

    private static String canonical(JsonNode value) {
        if (value.isNumber() && !value.isFloat() && !value.isDouble()) {
            BigDecimal number = value.decimalValue().stripTrailingZeros();
            return Math.abs(number.scale()) <= LONGEST_PLAIN ? number.toPlainString() : number.toString();
        }
        if (value instanceof ObjectNode object) {
            TreeMap<String, String> sorted = new TreeMap<>();
            object.properties()
                    .forEach(entry -> sorted.put(
                            JSON.getNodeFactory().textNode(entry.getKey()).toString(), canonical(entry.getValue())));
            StringBuilder text = new StringBuilder("{");
            sorted.forEach((key, child) -> text.append(text.length() > 1 ? "," : "")
                    .append(key)
                    .append(':')
                    .append(child));
            return text.append('}').toString();
        }
        if (value.isArray()) {
            StringBuilder text = new StringBuilder("[");
            value.forEach(child -> text.append(text.length() > 1 ? "," : "").append(canonical(child)));
            return text.append(']').toString();
        }
        return value.toString();
    }
}
