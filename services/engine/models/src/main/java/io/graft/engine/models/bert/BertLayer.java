package io.graft.engine.models.bert;

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
import org.jspecify.annotations.Nullable;

/** Self-attention and feed-forward network, each with a residual connection normalised after it. */
final class BertLayer implements Module {
    private final String name;
    private final long headSize;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Dropout attentionDropout;
    private final Linear attentionOutput;
    private final LayerNorm attentionNorm;
    private final Linear intermediate;
    private final Activation activation;
    private final Linear output;
    private final LayerNorm outputNorm;
    private final Dropout dropout;

    BertLayer(Weights weights, String name, BertConfig config) {
        this.name = name;
        this.headSize = config.hidden() / config.heads();
        this.activation = config.activation();
        long size = config.hidden();
        Init init = new Init.Normal(config.initializerRange());
        String attention = name + ".attention";
        this.query = Linear.of(weights, attention + ".self.query", size, size, true, init);
        this.key = Linear.of(weights, attention + ".self.key", size, size, true, init);
        this.value = Linear.of(weights, attention + ".self.value", size, size, true, init);
        this.attentionDropout = new Dropout(attention + ".self.dropout", config.attentionDropout());
        this.attentionOutput = Linear.of(weights, attention + ".output.dense", size, size, true, init);
        this.attentionNorm = LayerNorm.of(weights, attention + ".output.LayerNorm", size, config.epsilon());
        this.intermediate = Linear.of(weights, name + ".intermediate.dense", size, config.intermediate(), true, init);
        this.output = Linear.of(weights, name + ".output.dense", config.intermediate(), size, true, init);
        this.outputNorm = LayerNorm.of(weights, name + ".output.LayerNorm", size, config.epsilon());
        this.dropout = new Dropout(name + ".dropout", config.hiddenDropout());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Module> children() {
        return List.of(
                query,
                key,
                value,
                attentionDropout,
                attentionOutput,
                attentionNorm,
                intermediate,
                output,
                outputNorm,
                dropout);
    }

    Tensor forward(Tensor x, @Nullable Tensor mask) {
        Attention.Rules rules = new Attention.Rules(mask, false, attentionDropout.rate());
        Tensor attended = Attention.selfAttention(query.forward(x), key.forward(x), value.forward(x), headSize, rules);
        Tensor mixed = attentionNorm.forward(
                dropout.forward(attentionOutput.forward(attended)).add(x));
        Tensor inner = activation.apply(intermediate.forward(mixed));
        return outputNorm.forward(dropout.forward(output.forward(inner)).add(mixed));
    }
}
