package io.graft.engine.models.bert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ConfigReader;
import io.graft.engine.tensors.nn.Activation;
import java.util.List;

/**
 * What a BERT's configuration says.
 *
 * @param padToken the row of the word embeddings that is not trained, or -1
 * @param labels names of a classifier's labels
 */
public record BertConfig(
        long vocabulary,
        long hidden,
        long layers,
        long heads,
        long intermediate,
        long positions,
        long tokenTypes,
        Activation activation,
        double hiddenDropout,
        double attentionDropout,
        double classifierDropout,
        double epsilon,
        double initializerRange,
        long padToken,
        List<String> labels) {
    public BertConfig {
        labels = List.copyOf(labels);
    }

    /** Reads a configuration strictly. */
    static BertConfig read(ObjectNode json) {
        ConfigReader reader = new ConfigReader("BERT's config.json", json);
        double hiddenDropout = reader.rate("hidden_dropout_prob", 0.1);
        BertConfig config = new BertConfig(
                reader.size("vocab_size"),
                reader.size("hidden_size"),
                reader.size("num_hidden_layers"),
                reader.size("num_attention_heads"),
                reader.size("intermediate_size"),
                reader.size("max_position_embeddings"),
                reader.size("type_vocab_size", 2),
                reader.activation("hidden_act", Activation.GELU),
                hiddenDropout,
                reader.rate("attention_probs_dropout_prob", 0.1),
                reader.rate("classifier_dropout", hiddenDropout),
                reader.positive("layer_norm_eps", 1e-12),
                reader.positive("initializer_range", 0.02),
                reader.token("pad_token_id", 0),
                reader.labels());
        reader.only("position_embedding_type", "absolute");
        reader.only("is_decoder", false);
        reader.only("add_cross_attention", false);
        reader.ignore("tie_word_embeddings", "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers");
        reader.ignore("pooler_size_per_head", "pooler_type");
        if (config.hidden % config.heads != 0) {
            reader.problem("hidden_size", "must be a multiple of num_attention_heads");
        }
        if (config.padToken >= config.vocabulary) {
            reader.problem("pad_token_id", "must be below vocab_size");
        }
        reader.finish();
        return config;
    }
}
