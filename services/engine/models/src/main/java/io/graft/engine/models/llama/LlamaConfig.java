package io.graft.engine.models.llama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ConfigReader;
import io.graft.engine.tensors.nn.Activation;
import java.util.List;

/**
 * What a Llama's configuration says.
 *
 * @param keyHeads heads of keys and values, a divisor of the heads of queries
 * @param attentionBias whether the projections of attention have a bias
 * @param queryKeyNorm whether queries and keys are normalised a head before their product (Dehghani et al. 2023); an
 *     addition to the reference, written {@code qk_layernorm}
 * @param padToken the row of the embeddings that is not trained, or -1
 * @param labels names of a classifier's labels
 */
public record LlamaConfig(
        long vocabulary,
        long hidden,
        long intermediate,
        long layers,
        long heads,
        long keyHeads,
        long headSize,
        long positions,
        Activation activation,
        double epsilon,
        double initializerRange,
        double attentionDropout,
        boolean attentionBias,
        boolean mlpBias,
        boolean tied,
        boolean queryKeyNorm,
        long padToken,
        RotaryScaling rotary,
        List<String> labels) {
    public LlamaConfig {
        labels = List.copyOf(labels);
    }

    /** Reads a configuration strictly, in the spelling of transformers 4 or 5. */
    static LlamaConfig read(ObjectNode json) {
        ConfigReader reader = new ConfigReader("Llama's config.json", json);
        long hidden = reader.size("hidden_size");
        long heads = reader.size("num_attention_heads");
        LlamaConfig config = new LlamaConfig(
                reader.size("vocab_size"),
                hidden,
                reader.size("intermediate_size"),
                reader.size("num_hidden_layers"),
                heads,
                reader.size("num_key_value_heads", heads),
                reader.size("head_dim", Math.max(1, hidden / heads)),
                reader.size("max_position_embeddings", 2048),
                reader.activation("hidden_act", Activation.SILU),
                reader.positive("rms_norm_eps", 1e-6),
                reader.positive("initializer_range", 0.02),
                reader.rate("attention_dropout", 0),
                reader.flag("attention_bias", false),
                reader.flag("mlp_bias", false),
                reader.flag("tie_word_embeddings", false),
                reader.flag("qk_layernorm", false),
                reader.token("pad_token_id", -1),
                RotaryScaling.read(reader),
                reader.labels());
        if (heads % config.keyHeads != 0) {
            reader.problem("num_attention_heads", "must be a multiple of num_key_value_heads");
        }
        if (config.headSize % 2 != 0) {
            reader.problem("head_dim", "must be even for rotary positions, not " + config.headSize);
        }
        if (config.padToken >= config.vocabulary) {
            reader.problem("pad_token_id", "must be below vocab_size");
        }
        reader.finish();
        return config;
    }
}
