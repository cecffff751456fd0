package io.graft.engine.models.mlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Dropout;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;

/** Linear layers with an activation between them; takes [batch, ...] and flattens it. */
final class Mlp implements ImageClassifier {
    private final ObjectNode json;
    private final MlpConfig config;
    private final List<Linear> layers = new ArrayList<>();
    private final Dropout dropout;
    private final Linear classifier;

    Mlp(Weights weights, MlpConfig config, ObjectNode json) {
        this.json = json;
        this.config = config;
        long width = config.inputs();
        for (long i = 0; i < config.layers(); i++) {
            layers.add(Linear.of(weights, "layers." + i, width, config.hidden(), true, Init.fanIn(width)));
            width = config.hidden();
        }
        this.dropout = new Dropout("dropout", config.dropout());
        this.classifier =
                Linear.of(weights, "classifier", width, config.labels().size(), true, Init.fanIn(width));
    }

    @Override
    public ObjectNode config() {
        return json.deepCopy();
    }

    @Override
    public List<String> labels() {
        return config.labels();
    }

    @Override
    public List<Module> children() {
        List<Module> children = new ArrayList<>(layers);
        children.add(dropout);
        children.add(classifier);
        return children;
    }

    @Override
    public Tensor logits(Tensor pixels) {
        Tensor x = pixels.reshape(pixels.size(0), -1);
        for (Linear layer : layers) {
            x = dropout.forward(config.activation().apply(layer.forward(x)));
        }
        return classifier.forward(x);
    }
}
