package io.graft.engine.models.llama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import java.util.List;

/** {@code LlamaForSequenceClassification}: the scores of the last token that is no padding. */
record LlamaClassifier(LlamaBody body, Linear score, List<String> labels, ObjectNode json)
        implements SequenceClassifier {
    @Override
    public ObjectNode config() {
        return json.deepCopy();
    }

    @Override
    public List<Module> children() {
        return List.of(body, score);
    }

    @Override
    public Tensor logits(TokenBatch batch) {
        Tensor hidden = body.hidden(batch);
        if (batch.mask() == null) {
            return score.forward(hidden.select(1, batch.length() - 1));
        }
        Tensor places = Tensors.arange(hidden.torch(), 0, batch.length());
        Tensor last = batch.mask().to(DType.I64).mul(places).argmax(1);
        Tensor index = Tensors.shaped("expand", last.reshape(-1, 1, 1), new long[] {batch.size(), 1, hidden.size(2)});
        return score.forward(hidden.gather(1, index).squeeze(1));
    }
}
