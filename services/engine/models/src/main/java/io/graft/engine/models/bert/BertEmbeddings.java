package io.graft.engine.models.bert;

import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorException;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.nn.Dropout;
import io.graft.engine.tensors.nn.Embedding;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.LayerNorm;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;

/** Sum of word, position and type vectors, normalised. */
final class BertEmbeddings implements Module {
    private final String name;
    private final Embedding words;
    private final Embedding positions;
    private final Embedding types;
    private final LayerNorm norm;
    private final Dropout dropout;

    BertEmbeddings(Weights weights, String name, BertConfig config) {
        this.name = name;
        Init init = new Init.Normal(config.initializerRange());
        Init padded =
                config.padToken() < 0 ? init : new Init.NormalButOneRow(config.initializerRange(), config.padToken());
        this.words = Embedding.of(
                weights, name + ".word_embeddings", config.vocabulary(), config.hidden(), config.padToken(), padded);
        this.positions =
                Embedding.of(weights, name + ".position_embeddings", config.positions(), config.hidden(), -1, init);
        this.types =
                Embedding.of(weights, name + ".token_type_embeddings", config.tokenTypes(), config.hidden(), -1, init);
        this.norm = LayerNorm.of(weights, name + ".LayerNorm", config.hidden(), config.epsilon());
        this.dropout = new Dropout(name + ".dropout", config.hiddenDropout());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Module> children() {
        return List.of(words, positions, types, norm, dropout);
    }

    Tensor forward(TokenBatch batch) {
        long longest = positions.weight().value().size(0);
        if (batch.length() > longest) {
            throw TensorException.operator(
                    "A sequence of " + batch.length() + " tokens does not fit the model's " + longest + " positions");
        }
        Tensor places = batch.positions() == null
                ? positions.weight().value().slice(0, 0, batch.length())
                : positions.forward(batch.positions());
        Tensor kinds = types.forward(batch.types() == null ? Tensors.zerosLike(batch.ids()) : batch.types());
        return dropout.forward(
                norm.forward(words.forward(batch.ids()).add(kinds).add(places)));
    }
}
