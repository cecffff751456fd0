package io.graft.engine.models.llama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.models.AttentionMask;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Attention;
import io.graft.engine.tensors.nn.Embedding;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.RmsNorm;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code LlamaForCausalLM}. */
final class Llama implements CausalLm {
    private final ObjectNode json;
    private final LlamaConfig config;
    private final Embedding embeddings;
    private final List<LlamaLayer> layers = new ArrayList<>();
    private final RmsNorm norm;
    private final Linear head;
    private final RotaryTable rotary;

    Llama(Weights weights, LlamaConfig config, ObjectNode json) {
        this.json = json;
        this.config = config;
        Init init = new Init.Normal(config.initializerRange());
        Init padded =
                config.padToken() < 0 ? init : new Init.NormalButOneRow(config.initializerRange(), config.padToken());
        this.embeddings = Embedding.of(
                weights, "model.embed_tokens", config.vocabulary(), config.hidden(), config.padToken(), padded);
        for (long i = 0; i < config.layers(); i++) {
            layers.add(new LlamaLayer(weights, "model.layers." + i, config));
        }
        this.norm = RmsNorm.of(weights, "model.norm", config.hidden(), config.epsilon());
        this.head = config.tied()
                ? new Linear("lm_head", embeddings.weight(), null)
                : Linear.of(weights, "lm_head", config.hidden(), config.vocabulary(), false, init);
        this.rotary = new RotaryTable(config, embeddings.weight().value());
    }

    @Override
    public ObjectNode config() {
        return json.deepCopy();
    }

    @Override
    public List<Module> children() {
        List<Module> children = new ArrayList<>();
        children.add(embeddings);
        children.addAll(layers);
        children.add(norm);
        children.add(head);
        return children;
    }

    @Override
    public Linear head() {
        return head;
    }

    @Override
    public long maxPositions() {
        return config.positions();
    }

    @Override
    public Tensor hidden(TokenBatch batch) {
        Attention.Rotation rotation = rotary.of(batch);
        Tensor mask = AttentionMask.causal(batch);
        Tensor x = embeddings.forward(batch.ids());
        for (LlamaLayer layer : layers) {
            x = layer.forward(x, rotation, mask);
        }
        return norm.forward(x);
    }

    @Override
    public Continuation read(Tensor ids, Memory memory) {
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
        return new Continuation(head.forward(last), new Memory(memory.length() + ids.size(1), caches));
    }
}
