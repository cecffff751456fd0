package io.graft.engine.models.llama;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Attention;
import io.graft.engine.tensors.nn.Dropout;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.LayerNorm;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Causal self-attention with rotary positions and shared key heads. */
final class LlamaAttention implements Module {
    private final String name;
    private final long headSize;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;
    private final @Nullable LayerNorm queryNorm;
    private final @Nullable LayerNorm keyNorm;
    private final Dropout dropout;

    LlamaAttention(Weights weights, String name, LlamaConfig config) {
        this.name = name;
        this.headSize = config.headSize();
        Init init = new Init.Normal(config.initializerRange());
        long queries = config.heads() * headSize;
        long keys = config.keyHeads() * headSize;
        boolean bias = config.attentionBias();
        this.query = Linear.of(weights, name + ".q_proj", config.hidden(), queries, bias, init);
        this.key = Linear.of(weights, name + ".k_proj", config.hidden(), keys, bias, init);
        this.value = Linear.of(weights, name + ".v_proj", config.hidden(), keys, bias, init);
        this.output = Linear.of(weights, name + ".o_proj", queries, config.hidden(), bias, init);
        boolean norm = config.queryKeyNorm();
        this.queryNorm = norm ? LayerNorm.of(weights, name + ".q_layernorm", headSize, config.epsilon()) : null;
        this.keyNorm = norm ? LayerNorm.of(weights, name + ".k_layernorm", headSize, config.epsilon()) : null;
        this.dropout = new Dropout(name + ".dropout", config.attentionDropout());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Module> children() {
        List<Module> children = new ArrayList<>(List.of(query, key, value, output, dropout));
        if (queryNorm != null && keyNorm != null) {
            children.add(queryNorm);
            children.add(keyNorm);
        }
        return children;
    }

    Tensor forward(Tensor x, Attention.Rotation rotation, @Nullable Tensor mask) {
        Attention.Rules rules = new Attention.Rules(mask, mask == null, dropout.rate());
        return output.forward(Attention.rotary(
                normed(queryNorm, query.forward(x)),
                normed(keyNorm, key.forward(x)),
                value.forward(x),
                headSize,
                rotation,
                rules));
    }

    Attention.Cached forward(Tensor x, Attention.Rotation rotation, Attention.@Nullable Cache past) {
        Attention.Rules rules = new Attention.Rules(null, past == null && x.size(1) > 1, 0);
        Attention.Cached attended = Attention.cached(
                normed(queryNorm, query.forward(x)),
                normed(keyNorm, key.forward(x)),
                value.forward(x),
                headSize,
                rotation,
                past,
                rules);
        return new Attention.Cached(output.forward(attended.output()), attended.cache());
    }

    private Tensor normed(@Nullable LayerNorm norm, Tensor x) {
        return norm == null
                ? x
                : norm.forward(x.reshape(x.size(0), x.size(1), -1, headSize)).reshape(x.shape());
    }
}
