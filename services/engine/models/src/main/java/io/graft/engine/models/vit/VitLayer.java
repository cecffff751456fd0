package io.graft.engine.models.vit;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Activation;
import io.graft.engine.tensors.nn.Attention;
import io.graft.engine.tensors.nn.Dropout;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.LayerNorm;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;

/** Self-attention and feed-forward network, each normalised before and added to what came in. */
final class VitLayer implements Module {
    private final String name;
    private final long headSize;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear attentionOutput;
    private final Linear intermediate;
    private final Linear output;
    private final LayerNorm before;
    private final LayerNorm after;
    private final Dropout attentionDropout;
    private final Dropout dropout;
    private final Activation activation;

    VitLayer(Weights weights, String name, VitConfig config) {
        this.name = name;
        this.headSize = config.hidden() / config.heads();
        this.activation = config.activation();
        long size = config.hidden();
        boolean bias = config.projectionBias();
        Init init = new Init.TruncatedNormal(config.initializerRange());
        String attention = name + ".attention.attention";
        this.query = Linear.of(weights, attention + ".query", size, size, bias, init);
        this.key = Linear.of(weights, attention + ".key", size, size, bias, init);
        this.value = Linear.of(weights, attention + ".value", size, size, bias, init);
        this.attentionOutput = Linear.of(weights, name + ".attention.output.dense", size, size, true, init);
        this.intermediate = Linear.of(weights, name + ".intermediate.dense", size, config.intermediate(), true, init);
        this.output = Linear.of(weights, name + ".output.dense", config.intermediate(), size, true, init);
        this.before = LayerNorm.of(weights, name + ".layernorm_before", size, config.epsilon());
        this.after = LayerNorm.of(weights, name + ".layernorm_after", size, config.epsilon());
        this.attentionDropout = new Dropout(attention + ".dropout", config.attentionDropout());
        this.dropout = new Dropout(name + ".dropout", config.hiddenDropout());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Module> children() {
        return List.of(
                query, key, value, attentionOutput, intermediate, output, before, after, attentionDropout, dropout);
    }

    Tensor forward(Tensor x) {
        Tensor normed = before.forward(x);
        Tensor attended = Attention.selfAttention(
                query.forward(normed),
                key.forward(normed),
                value.forward(normed),
                headSize,
                new Attention.Rules(null, false, attentionDropout.rate()));
        Tensor mixed = dropout.forward(attentionOutput.forward(attended)).add(x);
        Tensor inner = activation.apply(intermediate.forward(after.forward(mixed)));
        return dropout.forward(output.forward(inner)).add(mixed);
    }
}
