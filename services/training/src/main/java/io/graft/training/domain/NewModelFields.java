package io.graft.training.domain;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.Families;
import io.graft.platform.submission.training.Task;
import io.graft.v1.NewModel;
import java.util.List;

/** Checks the description of a network without weights. */
final class NewModelFields {
    private static final String CONFIG = "spec.new_model.config.";
    private static final int LEAST_TOKENS = 257;
    private static final int MOST_TOKENS = 1_000_000;
    private static final long LARGEST_SIZE = 1 << 20;

    /** Sizes that every network with attention states. */
    private static final List<String> ATTENTION =
            List.of("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size");

    private NewModelFields() {}

    static void check(SpecFields fields, NewModel model, Task task) {
        Struct config = model.getConfig();
        String type = config.getFieldsOrDefault("model_type", Value.getDefaultInstance())
                .getStringValue();
        fields.require(!type.isEmpty(), CONFIG + "model_type", "is required, for example llama, bert, vit");
        boolean text = Families.readsText(type);
        if (text || type.equals("vit")) {
            checkAttention(fields, config);
        }
        switch (model.getTokenizerCase()) {
            case TOKENIZER_FROM -> {
                fields.version("spec.new_model.tokenizer_from", model.getTokenizerFrom());
                fields.require(text, "spec.new_model.tokenizer_from", "is for networks that read text only");
            }
            case NEW_TOKENIZER -> {
                int size = model.getNewTokenizer().getVocabularySize();
                fields.require(
                        size == 0 || (size >= LEAST_TOKENS && size <= MOST_TOKENS),
                        "spec.new_model.new_tokenizer.vocabulary_size",
                        "is " + size + "; it is a whole number from " + LEAST_TOKENS + " to " + MOST_TOKENS);
                fields.require(
                        size == 0 || size == whole(config, "vocab_size") || whole(config, "vocab_size") == 0,
                        CONFIG + "vocab_size",
                        "is " + whole(config, "vocab_size") + ", and the new tokenizer has " + size + " tokens");
                fields.require(text, "spec.new_model.new_tokenizer", "is for networks that read text only");
            }
            case TOKENIZER_NOT_SET ->
                fields.require(
                        !text, "spec.new_model.tokenizer_from", "or new_tokenizer is required: say how text is read");
        }
        fields.require(
                task != Task.PAIRS,
                "spec.objective.name",
                "embeds texts, which a network learns by fine-tuning; submit a fine-tuning of a base");
    }

    private static void checkAttention(SpecFields fields, Struct config) {
        ATTENTION.forEach(key -> {
            long value = whole(config, key);
            fields.require(
                    value >= 1 && value <= LARGEST_SIZE,
                    CONFIG + key,
                    config.containsFields(key) ? "is no whole number from 1 to " + LARGEST_SIZE : "is required");
        });
        long width = whole(config, "hidden_size");
        long heads = whole(config, "num_attention_heads");
        fields.require(
                heads < 1 || config.containsFields("head_dim") || width % heads == 0,
                CONFIG + "num_attention_heads",
                "is " + heads + ", which does not divide hidden_size " + width);
        long groups = whole(config, "num_key_value_heads");
        fields.require(
                !config.containsFields("num_key_value_heads") || (groups >= 1 && heads % groups == 0),
                CONFIG + "num_key_value_heads",
                "is " + groups + ", which does not divide num_attention_heads " + heads);
    }

    /** A whole number of the configuration; 0 when there is none. */
    static long whole(Struct config, String key) {
        double value =
                config.getFieldsOrDefault(key, Value.getDefaultInstance()).getNumberValue();
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (long) value : 0;
    }
}
