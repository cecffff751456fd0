package io.graft.engine.models.bert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamily;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.nn.Dropout;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds BERT models. */
public final class BertFamily implements ModelFamily {
    private static final String ENCODER = "BertModel";
    private static final String CLASSIFIER = "BertForSequenceClassification";

    @Override
    public String modelType() {
        return "bert";
    }

    @Override
    public Map<Task, String> architectures() {
        return Map.of(Task.TEXT_ENCODING, ENCODER, Task.SEQUENCE_CLASSIFICATION, CLASSIFIER);
    }

    @Override
    public Model build(ObjectNode json, String architecture, Weights weights) {
        BertConfig config = BertConfig.read(json);
        if (architecture.equals(ENCODER)) {
            return new BertEncoder(new BertBody(weights, "", config, false), json);
        }
        BertBody body = new BertBody(weights, "bert.", config, true);
        Init init = new Init.Normal(config.initializerRange());
        Linear classifier = Linear.of(
                weights, "classifier", config.hidden(), config.labels().size(), true, init);
        return new BertClassifier(
                body, new Dropout("dropout", config.classifierDropout()), classifier, config.labels(), json);
    }

    /** With and without the prefix {@code bert.}, and with the names of norms in the first checkpoints. */
    @Override
    public List<String> aliases(String tensor) {
        String other = tensor.startsWith("bert.") ? tensor.substring("bert.".length()) : "bert." + tensor;
        List<String> names = new ArrayList<>();
        for (String name : List.of(tensor, other)) {
            names.add(name);
            names.add(name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"));
        }
        return names;
    }

    @Override
    public List<String> heads() {
        return List.of("classifier.", "bert.pooler.", "pooler.", "cls.", "qa_outputs.");
    }
}
