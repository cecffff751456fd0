package io.graft.engine.models.llama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import java.util.List;

/** {@code LlamaForCausalLM}. */
record Llama(LlamaBody body, Linear head, long maxPositions, ObjectNode json) implements CausalLm {
    @Override
    public ObjectNode config() {
        return json.deepCopy();
    }

    @Override
    public List<Module> children() {
        return List.of(body, head);
    }

    @Override
    public Tensor hidden(TokenBatch batch) {
        return body.hidden(batch);
    }

    @Override
    public Continuation read(Tensor ids, Memory memory) {
        LlamaBody.Read read = body.read(ids, memory);
        return new Continuation(head.forward(read.last()), read.memory());
    }
}
