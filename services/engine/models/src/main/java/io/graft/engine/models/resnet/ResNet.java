package io.graft.engine.models.resnet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Functional;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;

/** {@code ResNetForImageClassification}. */
final class ResNet implements ImageClassifier {
    private final ObjectNode json;
    private final ResNetConfig config;
    private final ConvNorm stem;
    private final List<ResidualLayer> layers = new ArrayList<>();
    private final Linear classifier;

    ResNet(Weights weights, ResNetConfig config, ObjectNode json) {
        this.json = json;
        this.config = config;
        this.stem = ConvNorm.of(weights, "resnet.embedder.embedder", config.channels(), config.stem(), 7, 2);
        long width = config.stem();
        for (int stage = 0; stage < config.widths().size(); stage++) {
            long stride = stage == 0 && !config.downsampleFirst() ? 1 : 2;
            long wider = config.widths().get(stage);
            String name = "resnet.encoder.stages." + stage + ".layers.";
            for (long i = 0; i < config.depths().get(stage); i++) {
                layers.add(ResidualLayer.of(weights, name + i, config, width, wider, i == 0 ? stride : 1));
                width = wider;
            }
        }
        this.classifier =
                Linear.of(weights, "classifier.1", width, config.labels().size(), true, Init.fanIn(width));
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
        List<Module> children = new ArrayList<>();
        children.add(stem);
        children.addAll(layers);
        children.add(classifier);
        return children;
    }

    @Override
    public Tensor logits(Tensor pixels) {
        Tensor x = Functional.maxPool2d(config.activation().apply(stem.forward(pixels)), 3, 2, 1);
        for (ResidualLayer layer : layers) {
            x = layer.forward(x);
        }
        return classifier.forward(Functional.adaptiveAvgPool2d(x, 1).reshape(x.size(0), -1));
    }
}
