package io.graft.engine.models.resnet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ConfigReader;
import io.graft.engine.tensors.nn.Activation;
import java.util.List;

/**
 * What a residual network's configuration says.
 *
 * @param stem channels after the first convolution
 * @param widths channels of each stage
 * @param depths layers of each stage
 * @param bottleneck whether layers are three convolutions around a narrow one, or two
 */
public record ResNetConfig(
        long channels,
        long stem,
        List<Long> widths,
        List<Long> depths,
        boolean bottleneck,
        Activation activation,
        boolean downsampleFirst,
        boolean downsampleInBottleneck,
        List<String> labels) {
    public ResNetConfig {
        widths = List.copyOf(widths);
        depths = List.copyOf(depths);
        labels = List.copyOf(labels);
    }

    /** Reads a configuration strictly. */
    static ResNetConfig read(ObjectNode json) {
        ConfigReader reader = new ConfigReader("ResNet's config.json", json);
        String type = reader.text("layer_type", "bottleneck");
        ResNetConfig config = new ResNetConfig(
                reader.size("num_channels", 3),
                reader.size("embedding_size", 64),
                reader.sizes("hidden_sizes"),
                reader.sizes("depths"),
                type.equals("bottleneck"),
                reader.activation("hidden_act", Activation.RELU),
                reader.flag("downsample_in_first_stage", false),
                reader.flag("downsample_in_bottleneck", false),
                reader.labels());
        reader.ignore(
                "stage_names", "out_features", "out_indices", "_out_features", "_out_indices", "initializer_range");
        if (!config.bottleneck && !type.equals("basic")) {
            reader.problem("layer_type", "is " + type + "; basic and bottleneck are supported");
        }
        if (config.widths.size() != config.depths.size()) {
            reader.problem("depths", "must have as many entries as hidden_sizes");
        }
        reader.finish();
        return config;
    }
}
