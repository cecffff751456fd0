package io.graft.engine.models;

import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Attention;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Losses;
import java.util.List;

/** Predicts the next token. */
public interface CausalLm extends Model {
    /** Elements of logits that {@link #nextTokenLosses} holds at once. */
    long HELD_LOGITS = 4L << 20;

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

    /**
     * The same for each row: the sum of its targets' cross entropies, without smoothing. Logits of a few thousand positions
     * are held at most. Not differentiable.
     *
     * @return [batch], in nats; 0 for a row without targets
     */
    default double[] nextTokenLosses(TokenBatch batch, Tensor labels) {
        Tensor hidden = hidden(batch);
        long steps = batch.length() - 1;
        Tensor before = hidden.slice(1, 0, steps).reshape(-1, hidden.size(2));
        Tensor after = labels.slice(1, 1, batch.length()).reshape(-1);
        long chunk = Math.clamp(HELD_LOGITS / head().weight().value().size(0), 16, 4096);
        double[] losses = new double[Math.toIntExact(labels.size(0))];
        for (long at = 0; at < after.size(0); at += chunk) {
            long end = Math.min(after.size(0), at + chunk);
            try (Scope scope = hidden.torch().scope()) {
                float[] each = Losses.crossEntropyEach(
                                head().forward(before.slice(0, at, end)), after.slice(0, at, end), 0)
                        .toFloats();
                for (int i = 0; i < each.length; i++) {
                    losses[Math.toIntExact((at + i) / steps)] += each[i];
                }
            }
        }
        return losses;
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
