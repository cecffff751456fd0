package io.graft.engine.models.bert;

import io.graft.engine.models.AttentionMask;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Activation;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeddings, layers and the pooler, which sentence encoders may lack. */
final class BertBody implements Module {
    private final String name;
    private final BertEmbeddings embeddings;
    private final List<BertLayer> layers = new ArrayList<>();
    private final @Nullable Linear pooler;

    /**
     * Reads or makes one. A pooler that a classifier needs and its checkpoint lacks starts as the identity, where transformers
     * draws it at random: the head then sees the first token's vector, as sentence encoders were trained to use it.
     *
     * @param prefix empty, or with a dot at its end
     */
    BertBody(Weights weights, String prefix, BertConfig config, boolean needsPooler) {
        this.name = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
        this.embeddings = new BertEmbeddings(weights, prefix + "embeddings", config);
        for (long i = 0; i < config.layers(); i++) {
            layers.add(new BertLayer(weights, prefix + "encoder.layer." + i, config));
        }
        String dense = prefix + "pooler.dense";
        boolean hasPooler = weights.has(dense + ".weight");
        Init init = hasPooler ? new Init.Normal(config.initializerRange()) : new Init.Identity();
        this.pooler = needsPooler || hasPooler
                ? Linear.of(weights, dense, config.hidden(), config.hidden(), true, init)
                : null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Module> children() {
        List<Module> children = new ArrayList<>();
        children.add(embeddings);
        children.addAll(layers);
        if (pooler != null) {
            children.add(pooler);
        }
        return children;
    }

    Tensor hidden(TokenBatch batch) {
        Tensor mask = AttentionMask.both(batch);
        Tensor x = embeddings.forward(batch);
        for (BertLayer layer : layers) {
            x = layer.forward(x, mask);
        }
        return x;
    }

    /** The first token's vector through a dense layer and tanh. */
    Tensor pooled(TokenBatch batch) {
        if (pooler == null) {
            throw new IllegalStateException("This BERT was built without a pooler");
        }
        return Activation.TANH.apply(pooler.forward(hidden(batch).select(1, 0)));
    }
}
