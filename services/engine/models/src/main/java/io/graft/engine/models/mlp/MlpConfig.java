package io.graft.engine.models.mlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ConfigReader;
import io.graft.engine.tensors.nn.Activation;
import java.util.List;

/**
 * What a perceptron's configuration says.
 *
 * @param inputs features, or channels x height x width of an image
 * @param hidden units of each hidden layer
 * @param layers hidden layers
 */
public record MlpConfig(
        long inputs, long hidden, long layers, Activation activation, double dropout, List<String> labels) {
    public MlpConfig {
        labels = List.copyOf(labels);
    }

    /** Reads a configuration strictly. */
    static MlpConfig read(ObjectNode json) {
        ConfigReader reader = new ConfigReader("the perceptron's config.json", json);
        MlpConfig config = new MlpConfig(
                reader.size("input_size"),
                reader.size("hidden_size"),
                reader.size("num_hidden_layers", 1),
                reader.activation("hidden_act", Activation.RELU),
                reader.rate("hidden_dropout_prob", 0),
                reader.labels());
        reader.finish();
        return config;
    }
}
