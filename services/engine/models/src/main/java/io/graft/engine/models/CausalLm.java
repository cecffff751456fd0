package io.graft.engine.models;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Attention;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Losses;
import java.util.List;

/** Predicts the next token. */
public interface CausalLm extends Model {
    /** Hidden states after the last norm, [batch, length, size]. */
    Tensor hidden(TokenBatch batch);

    /** The projection to the vocabulary. */
    Linear head();

    /** The most positions that the model was made for. */
    long maxPositions();

    /** Scores [batch, length, vocabulary]. */
    default Tensor logits(TokenBatch batch) {
        return head().forward(hidden(batch));
    }

    /**
     * Cross entropy of each position's prediction against the token after it, without holding all logits.
     *
     * @param labels [batch, length]: the ids, and {@link Losses#IGNORED} where nothing is to be learnt; not shifted
     */
    default Losses.Counted nextTokenLoss(TokenBatch batch, Tensor labels, Losses.Reduction how) {
        Tensor hidden = hidden(batch);
        long size = hidden.size(2);
        Tensor before = hidden.slice(1, 0, batch.length() - 1).reshape(-1, size);
        Tensor after = labels.slice(1, 1, batch.length()).reshape(-1);
        if (head().adapter() == null && head().bias() == null) {
            return Losses.linearCrossEntropy(before, head().weight().value(), after, how);
        }
        return Losses.logitsCrossEntropy(head().forward(before), after, how);
    }

    /** What generation goes on from: positions so far and what each layer keeps of them. */
    record Memory(long length, List<Attention.Cache> layers) {
        public Memory {
            layers = List.copyOf(layers);
        }

        /** The beginning. */
        public static final Memory EMPTY = new Memory(0, List.of());
    }

    /** Scores [batch, vocabulary] for the token after the last, and the memory to go on from. */
    record Continuation(Tensor logits, Memory memory) {}

    /** Reads further tokens [batch, length], without padding and without gradients. */
    Continuation read(Tensor ids, Memory memory);
}
