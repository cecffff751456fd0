package io.graft.engine.metrics.text;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.CorpusScores;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Word or character error rate: edits over reference tokens, summed over the corpus before dividing (as jiwer 4). 0 is best;
 * it exceeds 1 when there are more edits than reference tokens. Case and punctuation count; only white space is evened out.
 */
public enum ErrorRate {
    /** Over words, split at white space. */
    WORD {
        @Override
        List<String> tokens(String text) {
            return Words.of(text);
        }
    },
    /** Over Unicode characters, without white space at both ends. */
    CHARACTER {
        @Override
        List<String> tokens(String text) {
            return Words.characters(Words.withoutOuterSpace(text));
        }
    };

    abstract List<String> tokens(String text);

    /** The edits of one pair. */
    public EditCounts edits(String hypothesis, String reference) {
        return EditCounts.of(tokens(reference), tokens(hypothesis));
    }

    /**
     * The rate of a corpus.
     *
     * @throws io.graft.engine.metrics.MetricInputException for no pairs, other lengths, or naming each empty reference
     */
    public double corpus(List<String> hypotheses, List<String> references) {
        return scores(hypotheses, references).value();
    }

    /** The edits of a corpus, added up. */
    public EditCounts total(List<String> hypotheses, List<String> references) {
        check(hypotheses, references);
        return IntStream.range(0, references.size())
                .mapToObj(i -> edits(hypotheses.get(i), references.get(i)))
                .reduce(new EditCounts(0, 0, 0, 0), EditCounts::plus);
    }

    /** The same for comparisons, with edits and reference tokens as the statistics of each example. */
    public CorpusScores scores(List<String> hypotheses, List<String> references) {
        check(hypotheses, references);
        double[][] statistics = IntStream.range(0, references.size())
                .mapToObj(i -> edits(hypotheses.get(i), references.get(i)))
                .map(counts -> new double[] {counts.edits(), counts.referenceLength()})
                .toArray(double[][]::new);
        return CorpusScores.of(statistics, sums -> sums[0] / sums[1], 1);
    }

    private void check(List<String> hypotheses, List<String> references) {
        InputCheck check = new InputCheck().parallel("hypotheses", hypotheses.size(), "references", references.size());
        for (int i = 0; i < references.size(); i++) {
            check.require(
                    !tokens(references.get(i)).isEmpty(),
                    "references[" + i + "]",
                    "is empty",
                    "leave the example out: an error rate divides by the reference's length");
        }
        check.done();
    }
}
