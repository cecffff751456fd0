package io.graft.engine.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.tensors.nn.Activation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code config.json} strictly: every problem is collected, and a setting that nobody asked for is one, unless it is
 * empty or known to have no influence on what the model computes.
 */
public final class ConfigReader {
    private static final Set<String> WITHOUT_INFLUENCE = Set.of(
            "_name_or_path",
            "_commit_hash",
            "architectures",
            "transformers_version",
            "torch_dtype",
            "dtype",
            "model_type",
            "use_cache",
            "bos_token_id",
            "eos_token_id",
            "sep_token_id",
            "cls_token_id",
            "mask_token_id",
            "decoder_start_token_id",
            "tokenizer_class",
            "return_dict",
            "gradient_checkpointing",
            "output_attentions",
            "output_hidden_states",
            "problem_type",
            "finetuning_task",
            "task_specific_params",
            "chunk_size_feed_forward",
            "torchscript",
            "max_length",
            "temperature",
            "top_k",
            "top_p",
            "do_sample",
            "num_beams",
            "repetition_penalty",
            "pretraining_tp",
            "attn_implementation",
            "_attn_implementation_autoset",
            "label2id",
            "summary_type",
            "directionality",
            "model_max_length",
            "num_labels");

    private final String source;
    private final ObjectNode json;
    private final Set<String> asked = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    public ConfigReader(String source, ObjectNode json) {
        this.source = source;
        this.json = json;
    }

    private @Nullable JsonNode find(String key) {
        asked.add(key);
        JsonNode node = json.get(key);
        return node == null || node.isNull() ? null : node;
    }

    /** A size of at least 1 that has to be there. */
    public long size(String key) {
        if (find(key) == null) {
            problem(key, "is missing");
            return 1;
        }
        return size(key, 1);
    }

    /** A size of at least 1. */
    public long size(String key, long otherwise) {
        JsonNode node = find(key);
        if (node == null) {
            return otherwise;
        }
        if (!node.canConvertToExactIntegral() || node.longValue() < 1 || node.longValue() > Integer.MAX_VALUE) {
            problem(key, "must be a whole number from 1 on, not " + node);
            return otherwise;
        }
        return node.longValue();
    }

    /** A list of sizes of at least 1, which has to be there and can't be empty. */
    public List<Long> sizes(String key) {
        JsonNode node = find(key);
        List<Long> sizes = new ArrayList<>();
        if (node != null) {
            node.forEach(size -> sizes.add(size.canConvertToExactIntegral() ? size.longValue() : 0));
        }
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
            problem(key, "must be a list of whole numbers from 1 on, not " + node);
            return List.of(1L);
        }
        return sizes;
    }

    /** A token's id, or -1 where there is none. */
    public long token(String key, long otherwise) {
        asked.add(key);
        if (!json.has(key)) {
            return otherwise;
        }
        JsonNode node = find(key);
        if (node == null) {
            return -1;
        }
        if (!node.canConvertToExactIntegral() || node.longValue() < -1) {
            problem(key, "must be the id of a token, not " + node);
            return -1;
        }
        return node.longValue();
    }

    /** A number above 0. */
    public double positive(String key, double otherwise) {
        JsonNode node = find(key);
        if (node == null) {
            return otherwise;
        }
        if (!node.isNumber() || !(node.doubleValue() > 0) || Double.isInfinite(node.doubleValue())) {
            problem(key, "must be a number above 0, not " + node);
            return otherwise;
        }
        return node.doubleValue();
    }

    /** A rate in [0, 1). */
    public double rate(String key, double otherwise) {
        JsonNode node = find(key);
        if (node == null) {
            return otherwise;
        }
        if (!node.isNumber() || !(node.doubleValue() >= 0 && node.doubleValue() < 1)) {
            problem(key, "must lie in [0, 1), not at " + node);
            return otherwise;
        }
        return node.doubleValue();
    }

    public boolean flag(String key, boolean otherwise) {
        JsonNode node = find(key);
        if (node == null) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            problem(key, "must be true or false, not " + node);
            return otherwise;
        }
        return node.booleanValue();
    }

    public String text(String key, String otherwise) {
        JsonNode node = find(key);
        if (node == null) {
            return otherwise;
        }
        if (!node.isTextual()) {
            problem(key, "must be a text, not " + node);
            return otherwise;
        }
        return node.textValue();
    }

    public Activation activation(String key, Activation otherwise) {
        String name = text(key, otherwise.configured());
        return Activation.named(name).orElseGet(() -> {
            problem(
                    key,
                    "names the activation " + name + "; known are "
                            + List.of(Activation.values()).stream()
                                    .map(Activation::configured)
                                    .toList());
            return otherwise;
        });
    }

    /** A nested object, whose problems are reported with these, or null. */
    public @Nullable ConfigReader object(String key) {
        JsonNode node = find(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode object)) {
            problem(key, "must be an object, not " + node);
            return null;
        }
        return new ConfigReader(source, object);
    }

    /** Whether a value is there. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** Names of the labels from {@code id2label}, or LABEL_0, LABEL_1, ... as many as {@code num_labels} says, 2 by default. */
    public List<String> labels() {
        JsonNode node = find("id2label");
        List<String> labels = new ArrayList<>();
        if (node == null) {
            long count = size("num_labels", 2);
            for (long i = 0; i < count; i++) {
                labels.add("LABEL_" + i);
            }
            return labels;
        }
        for (int i = 0; i < node.size(); i++) {
            JsonNode label = node.get(Integer.toString(i));
            if (label == null) {
                problem("id2label", "must name the labels 0 to " + (node.size() - 1) + " without a gap");
                return List.of("LABEL_0");
            }
            labels.add(label.asText());
        }
        if (labels.isEmpty()) {
            problem("id2label", "is empty");
        }
        return labels;
    }

    /** Accepts one value only; another would change what the model computes. */
    public void only(String key, Object accepted) {
        JsonNode node = find(key);
        if (node != null && !node.asText().equals(accepted.toString())) {
            problem(key, "is " + node + "; only " + accepted + " is supported");
        }
    }

    /** Marks keys that have no influence in this family. */
    public void ignore(String... keys) {
        asked.addAll(List.of(keys));
    }

    public void problem(String key, String what) {
        problems.add(key + " " + what);
    }

    /** Takes over the problems of a nested object and checks its unknown settings. */
    public void finish(String key, ConfigReader nested) {
        nested.findUnknown();
        nested.problems.forEach(problem -> problems.add(key + "." + problem));
    }

    /**
     * Ends the reading.
     *
     * @throws ModelException naming every problem
     */
    public void finish() {
        findUnknown();
        if (!problems.isEmpty()) {
            throw new ModelException(source, problems);
        }
    }

    private void findUnknown() {
        json.properties().forEach(entry -> {
            boolean known = asked.contains(entry.getKey()) || WITHOUT_INFLUENCE.contains(entry.getKey());
            if (!known && isActive(entry.getValue())) {
                problem(
                        entry.getKey(),
                        "is " + entry.getValue()
                                + ", a setting that is not known; remove it if it does not change what the model computes");
            }
        });
    }

    private static boolean isActive(JsonNode value) {
        boolean empty = value.isContainerNode() && value.isEmpty();
        boolean off = value.isBoolean() && !value.booleanValue();
        return !(value.isNull() || empty || off);
    }
}
