package io.graft.engine.evaluation;

import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.gate.Direction;
import java.util.List;
import java.util.Locale;

/** How well texts are predicted, over all texts together. */
public enum PerplexityMetric implements Metric {
    /** {@code exp} of the loss a word. */
    WORD_PERPLEXITY {
        @Override
        double of(TextLoss sums) {
            return Math.exp(sums.loss() / sums.words());
        }
    },
    /** {@code exp} of the loss a byte of UTF-8. */
    BYTE_PERPLEXITY {
        @Override
        double of(TextLoss sums) {
            return Math.exp(sums.loss() / sums.bytes());
        }
    },
    /** The loss a byte in bits. */
    BITS_PER_BYTE {
        @Override
        double of(TextLoss sums) {
            return sums.loss() / sums.bytes() / Math.log(2);
        }
    };

    abstract double of(TextLoss sums);

    @Override
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }

    CorpusScores scores(List<TextLoss> texts) {
        double[][] statistics = texts.stream()
                .map(text -> new double[] {text.loss(), text.words(), text.bytes()})
                .toArray(double[][]::new);
        double highest = texts.stream().mapToDouble(this::of).max().orElse(1);
        return CorpusScores.of(
                statistics, sums -> of(new TextLoss(sums[0], sums[1], sums[2])), Math.max(highest, Double.MIN_NORMAL));
    }

    /**
     * What a text, or several, cost to predict.
     *
     * @param loss negative log-likelihood in nats
     * @param words pieces between white space, with an empty one for white space at an end, as in lm-evaluation-harness
     * @param bytes in UTF-8
     */
    record TextLoss(double loss, double words, double bytes) {}
}
