package io.graft.engine.models.bert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.TextEncoder;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Module;
import java.util.List;

/** {@code BertModel}. */
record BertEncoder(BertBody body, ObjectNode json) implements TextEncoder {
    @Override
    public List<Module> children() {
        return List.of(body);
    }

    @Override
    public ObjectNode config() {
        return json.deepCopy();
    }

    @Override
    public Tensor hidden(TokenBatch batch) {
        return body.hidden(batch);
    }
}
