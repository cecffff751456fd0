package io.graft.engine.models.llama;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Activation;
import io.graft.engine.tensors.nn.Attention;
import io.graft.engine.tensors.nn.Functional;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.RmsNorm;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention and gated feed-forward network, each normalised before and added to what came in. */
final class LlamaLayer implements Module {
    private final String name;
    private final RmsNorm inputNorm;
    private final LlamaAttention attention;
    private final RmsNorm attentionNorm;
    private final Linear gate;
    private final Linear up;
    private final Linear down;
    private final Activation activation;

    LlamaLayer(Weights weights, String name, LlamaConfig config) {
        this.name = name;
        this.activation = config.activation();
        Init init = new Init.Normal(config.initializerRange());
        long hidden = config.hidden();
        long inner = config.intermediate();
        this.attention = new LlamaAttention(weights, name + ".self_attn", config);
        this.gate = Linear.of(weights, name + ".mlp.gate_proj", hidden, inner, config.mlpBias(), init);
        this.up = Linear.of(weights, name + ".mlp.up_proj", hidden, inner, config.mlpBias(), init);
        this.down = Linear.of(weights, name + ".mlp.down_proj", inner, hidden, config.mlpBias(), init);
        this.inputNorm = RmsNorm.of(weights, name + ".input_layernorm", hidden, config.epsilon());
        this.attentionNorm = RmsNorm.of(weights, name + ".post_attention_layernorm", hidden, config.epsilon());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Module> children() {
        return List.of(attention, gate, up, down, inputNorm, attentionNorm);
    }

    Tensor forward(Tensor x, Attention.Rotation rotation, @Nullable Tensor mask) {
        return fed(x.add(attention.forward(inputNorm.forward(x), rotation, mask)));
    }

    Attention.Cached forward(Tensor x, Attention.Rotation rotation, Attention.@Nullable Cache past) {
        Attention.Cached attended = attention.forward(inputNorm.forward(x), rotation, past);
        return new Attention.Cached(fed(x.add(attended.output())), attended.cache());
    }

    private Tensor fed(Tensor x) {
        Tensor normed = attentionNorm.forward(x);
        Tensor gated = gate.forward(normed);
        Tensor inner = activation == Activation.SILU
                ? Functional.swiGlu(gated, up.forward(normed))
                : activation.apply(gated).mul(up.forward(normed));
        return x.add(down.forward(inner));
    }
}
