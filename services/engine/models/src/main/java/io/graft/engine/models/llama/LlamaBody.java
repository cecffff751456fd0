package io.graft.engine.models.llama;

import io.graft.engine.models.AttentionMask;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Attention;
import io.graft.engine.tensors.nn.Embedding;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.RmsNorm;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeddings, layers and the last norm, which all Llama models share. */
final class LlamaBody implements Module {
    private final Embedding embeddings;
    private final List<LlamaLayer> layers = new ArrayList<>();
    private final RmsNorm norm;
    private final RotaryTable rotary;

    LlamaBody(Weights weights, LlamaConfig config) {
        Init init = new Init.Normal(config.initializerRange());
        Init padded =
                config.padToken() < 0 ? init : new Init.NormalButOneRow(config.initializerRange(), config.padToken());
        this.embeddings = Embedding.of(
                weights, "model.embed_tokens", config.vocabulary(), config.hidden(), config.padToken(), padded);
        for (long i = 0; i < config.layers(); i++) {
            layers.add(new LlamaLayer(weights, "model.layers." + i, config));
        }
        this.norm = RmsNorm.of(weights, "model.norm", config.hidden(), config.epsilon());
        this.rotary = new RotaryTable(config, embeddings.weight().value());
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public List<Module> children() {
        List<Module> children = new ArrayList<>();
        children.add(embeddings);
        children.addAll(layers);
        children.add(norm);
        return children;
    }

    Embedding embeddings() {
        return embeddings;
    }

    /** [batch, length, size], normalised. */
    Tensor hidden(TokenBatch batch) {
        Attention.Rotation rotation = rotary.of(batch);
        Tensor mask = AttentionMask.causal(batch);
        Tensor x = embeddings.forward(batch.ids());
        for (LlamaLayer layer : layers) {
            x = layer.forward(x, rotation, mask);
        }
        return norm.forward(x);
    }

    /** What was read, and the last position's hidden state [batch, size]. */
    record Read(Tensor last, CausalLm.Memory memory) {}

    Read read(Tensor ids, CausalLm.Memory memory) {
        boolean first = memory.layers().isEmpty();
        if (!first && ids.size(1) != 1) {
            throw new IllegalArgumentException("After the first tokens they are read one by one");
        }
        Attention.Rotation rotation = rotary.of(memory.length(), ids.size(1));
        List<Attention.Cache> caches = new ArrayList<>();
        Tensor x = embeddings.forward(ids);
        for (int i = 0; i < layers.size(); i++) {
            Attention.@Nullable Cache past = first ? null : memory.layers().get(i);
            Attention.Cached step = layers.get(i).forward(x, rotation, past);
            caches.add(step.cache());
            x = step.output();
        }
        Tensor last = norm.forward(x.select(1, ids.size(1) - 1));
        return new Read(last, new CausalLm.Memory(memory.length() + ids.size(1), caches));
    }
}
