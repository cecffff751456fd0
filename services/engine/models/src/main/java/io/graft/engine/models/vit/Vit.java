package io.graft.engine.models.vit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.LayerNorm;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;

/** {@code ViTForImageClassification}. */
final class Vit implements ImageClassifier {
    private final ObjectNode json;
    private final List<String> labels;
    private final VitEmbeddings embeddings;
    private final List<VitLayer> layers = new ArrayList<>();
    private final LayerNorm norm;
    private final Linear classifier;

    Vit(Weights weights, VitConfig config, ObjectNode json) {
        this.json = json;
        this.labels = config.labels();
        this.embeddings = new VitEmbeddings(weights, "vit.embeddings", config);
        for (long i = 0; i < config.layers(); i++) {
            layers.add(new VitLayer(weights, "vit.encoder.layer." + i, config));
        }
        this.norm = LayerNorm.of(weights, "vit.layernorm", config.hidden(), config.epsilon());
        this.classifier = Linear.of(
                weights,
                "classifier",
                config.hidden(),
                labels.size(),
                true,
                new Init.TruncatedNormal(config.initializerRange()));
    }

    @Override
    public ObjectNode config() {
        return json.deepCopy();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public List<Module> children() {
        List<Module> children = new ArrayList<>();
        children.add(embeddings);
        children.addAll(layers);
        children.add(norm);
        children.add(classifier);
        return children;
    }

    @Override
    public String canonicalName(String name) {
        return VitNames.stored(name);
    }

    @Override
    public Tensor logits(Tensor pixels) {
        Tensor x = embeddings.forward(pixels);
        for (VitLayer layer : layers) {
            x = layer.forward(x);
        }
        return classifier.forward(norm.forward(x.select(1, 0)));
    }
}
