package io.graft.engine.metrics.text;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.CorpusScores;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * TER (Snover et al. 2006) as sacrebleu 2.6 computes it by default: edits and moves of runs of words over reference words,
 * times 100, in lower case, punctuation left where it is. 0 is best.
 */
public final class TranslationEditRate {
    private static final double HUNDRED = 100;

    private TranslationEditRate() {}

    /**
     * The score of a corpus, with one reference for each hypothesis.
     *
     * @throws io.graft.engine.metrics.MetricInputException for no pairs or other lengths
     */
    public static double corpus(List<String> hypotheses, List<String> references) {
        return scores(hypotheses, references).value();
    }

    /** The edits and reference words of each example, for comparisons. */
    public static CorpusScores scores(List<String> hypotheses, List<String> references) {
        new InputCheck()
                .parallel("hypotheses", hypotheses.size(), "references", references.size())
                .done();
        double[][] statistics = IntStream.range(0, hypotheses.size())
                .mapToObj(i -> statistics(words(hypotheses.get(i)), words(references.get(i))))
                .toArray(double[][]::new);
        return CorpusScores.of(statistics, TranslationEditRate::score, HUNDRED);
    }

    /** What the score rests on, in sacrebleu's form. */
    public static String signature(int references) {
        return "nrefs:%d|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0".formatted(references);
    }

    private static double[] statistics(List<String> hypothesis, List<String> reference) {
        return new double[] {WordShift.edits(hypothesis, reference), reference.size()};
    }

    private static double score(double[] sums) {
        if (sums[1] > 0) {
            return HUNDRED * sums[0] / sums[1];
        }
        return sums[0] > 0 ? HUNDRED : 0;
    }

    private static List<String> words(String text) {
        return Words.of(text.toLowerCase(Locale.ROOT));
    }
}
