package io.graft.engine.models;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Functional;

/** Gives each text a vector. */
public interface TextEncoder extends Model {
    /** How the vectors of tokens become one. */
    enum Pooling {
        /** The first token's. */
        CLS,
        /** The mean over all tokens that are no padding. */
        MEAN
    }

    /** Hidden states of the last layer, [batch, length, size]. */
    Tensor hidden(TokenBatch batch);

    /** One vector a text, [batch, size], scaled to length 1 if asked for. */
    default Tensor embeddings(TokenBatch batch, Pooling pooling, boolean normalised) {
        Tensor hidden = hidden(batch);
        Tensor pooled = switch (pooling) {
            case CLS -> hidden.select(1, 0);
            case MEAN -> batch.mask() == null ? hidden.mean(1, false) : Functional.maskedMean(hidden, batch.mask());
        };
        return normalised ? Functional.normalize(pooled, -1) : pooled;
    }
}
