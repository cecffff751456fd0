package io.graft.engine.evaluation;

import io.graft.engine.models.CausalLm;
import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Losses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Scores continuations, those of like length together, the longest first; only scored positions are projected to logits. */
final class Likelihoods {
    private static final long LOGITS = 1L << 24;

    private final Torch torch;
    private final CausalLm model;
    private final int padding;
    private final int batchSize;

    Likelihoods(Torch torch, CausalLm model, int padding, int batchSize) {
        this.torch = torch;
        this.model = model;
        this.padding = padding;
        this.batchSize = batchSize;
    }

    /** In the order of the requests. */
    LogLikelihood[] of(List<Continuation> requests, int maxLength, Runnable beforeBatch) {
        LogLikelihood[] scores = new LogLikelihood[requests.size()];
        int[][] inputs = requests.stream().map(r -> r.input(maxLength)).toArray(int[][]::new);
        List<Integer> order = IntStream.range(0, inputs.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -inputs[i].length))
                .toList();
        for (int at = 0; at < order.size(); at += batchSize) {
            beforeBatch.run();
            List<Integer> part = order.subList(at, Math.min(order.size(), at + batchSize));
            torch.withoutGradients(() -> {
                try (Scope scope = torch.scope()) {
                    score(part, requests, inputs, scores);
                }
                return true;
            });
        }
        return scores;
    }

    private void score(List<Integer> part, List<Continuation> requests, int[][] inputs, LogLikelihood[] scores) {
        int[][] rows = part.stream().map(i -> inputs[i]).toArray(int[][]::new);
        TokenBatch batch = TokenBatch.padded(torch, rows, null, padding);
        List<Long> places = new ArrayList<>();
        List<Long> targets = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            int[] scored = requests.get(part.get(r)).scored();
            for (int i = 0; i < scored.length; i++) {
                places.add(r * batch.length() + rows[r].length - scored.length + i);
                targets.add((long) scored[i]);
            }
        }
        Tokens tokens = tokens(model.hidden(batch), longs(places), longs(targets));
        int at = 0;
        for (int index : part) {
            double sum = 0;
            boolean greedy = true;
            for (int i = 0; i < requests.get(index).scored().length; i++, at++) {
                sum -= tokens.losses[at];
                greedy &= tokens.best[at] == targets.get(at);
            }
            scores[index] = new LogLikelihood(sum, greedy);
        }
    }

    /** Loss of each scored token, and the most likely token at its place. */
    private record Tokens(float[] losses, long[] best) {}

    private Tokens tokens(Tensor hidden, long[] places, long[] targets) {
        Tensor flat = hidden.reshape(-1, hidden.size(2));
        int chunk = Math.toIntExact(
                Math.clamp(LOGITS / model.head().weight().value().size(0), 16, 1 << 16));
        Tokens tokens = new Tokens(new float[places.length], new long[places.length]);
        for (int at = 0; at < places.length; at += chunk) {
            int end = Math.min(places.length, at + chunk);
            try (Scope scope = torch.scope()) {
                Tensor logits = model.head().forward(flat.indexSelect(0, tensor(places, at, end)));
                float[] losses = Losses.crossEntropyEach(logits, tensor(targets, at, end), 0)
                        .toFloats();
                System.arraycopy(losses, 0, tokens.losses, at, losses.length);
                System.arraycopy(logits.argmax(-1).toLongs(), 0, tokens.best, at, losses.length);
            }
        }
        return tokens;
    }

    private Tensor tensor(long[] values, int from, int to) {
        return Tensors.of(torch, Arrays.copyOfRange(values, from, to), to - from);
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
