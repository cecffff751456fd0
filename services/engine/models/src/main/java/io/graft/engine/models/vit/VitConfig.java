package io.graft.engine.models.vit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ConfigReader;
import io.graft.engine.tensors.nn.Activation;
import java.util.List;

/** What a vision transformer's configuration says. */
public record VitConfig(
        long hidden,
        long layers,
        long heads,
        long intermediate,
        long imageSize,
        long patchSize,
        long channels,
        Activation activation,
        double hiddenDropout,
        double attentionDropout,
        double epsilon,
        double initializerRange,
        boolean projectionBias,
        List<String> labels) {
    public VitConfig {
        labels = List.copyOf(labels);
    }

    /** Patches of an image. */
    long patches() {
        return (imageSize / patchSize) * (imageSize / patchSize);
    }

    /** Reads a configuration strictly. */
    static VitConfig read(ObjectNode json) {
        ConfigReader reader = new ConfigReader("ViT's config.json", json);
        VitConfig config = new VitConfig(
                reader.size("hidden_size"),
                reader.size("num_hidden_layers"),
                reader.size("num_attention_heads"),
                reader.size("intermediate_size"),
                reader.size("image_size", 224),
                reader.size("patch_size", 16),
                reader.size("num_channels", 3),
                reader.activation("hidden_act", Activation.GELU),
                reader.rate("hidden_dropout_prob", 0),
                reader.rate("attention_probs_dropout_prob", 0),
                reader.positive("layer_norm_eps", 1e-12),
                reader.positive("initializer_range", 0.02),
                reader.flag("qkv_bias", true),
                reader.labels());
        reader.ignore("encoder_stride", "pooler_act", "pooler_output_size");
        if (config.hidden % config.heads != 0) {
            reader.problem("hidden_size", "must be a multiple of num_attention_heads");
        }
        if (config.imageSize % config.patchSize != 0) {
            reader.problem("image_size", "must be a multiple of patch_size");
        }
        reader.finish();
        return config;
    }
}
