package io.graft.engine.models.bert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Dropout;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import java.util.List;

/** {@code BertForSequenceClassification}, for single texts and for pairs. */
record BertClassifier(BertBody body, Dropout dropout, Linear classifier, List<String> labels, ObjectNode json)
        implements SequenceClassifier {
    @Override
    public List<Module> children() {
        return List.of(body, dropout, classifier);
    }

    @Override
    public ObjectNode config() {
        return json.deepCopy();
    }

    @Override
    public Tensor logits(TokenBatch batch) {
        return classifier.forward(dropout.forward(body.pooled(batch)));
    }
}
