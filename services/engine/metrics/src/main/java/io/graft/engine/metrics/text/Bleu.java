package io.graft.engine.metrics.text;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.CorpusScores;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * BLEU (Papineni et al. 2002) exactly as sacrebleu 2.6 (Post 2018) computes it: up to 4 tokens, exponential smoothing of
 * orders without a match, closest reference length. Report {@link #signature} beside a score.
 *
 * @param lowercase whether case is ignored
 * @param effectiveOrder whether orders longer than the hypothesis are left out: for single sentences, not for a corpus
 */
public record Bleu(BleuTokens tokens, boolean lowercase, boolean effectiveOrder) {
    /** Corpus BLEU of mixed case with 13a tokens, the number that papers report. */
    public static final Bleu CORPUS = new Bleu(BleuTokens.V13A, false, false);

    /** The same for one sentence. */
    public static final Bleu SENTENCE = new Bleu(BleuTokens.V13A, false, true);

    private static final int ORDERS = 4;
    private static final int CORRECT = 2;
    private static final int TOTAL = CORRECT + ORDERS;
    private static final double HUNDRED = 100;

    /** What the score rests on, in sacrebleu's form. */
    public String signature(int references) {
        return "nrefs:%d|case:%s|eff:%s|tok:%s|smooth:exp|version:2.6.0"
                .formatted(references, lowercase ? "lc" : "mixed", effectiveOrder ? "yes" : "no", tokens.signature());
    }

    /**
     * The score of a corpus.
     *
     * @param references for each hypothesis one reference or more
     * @throws io.graft.engine.metrics.MetricInputException for no pairs, other lengths or a hypothesis without reference
     */
    public BleuScore corpus(List<String> hypotheses, List<List<String>> references) {
        double[] sums = new double[TOTAL + ORDERS];
        for (double[] row : statistics(hypotheses, references)) {
            Arrays.setAll(sums, i -> sums[i] + row[i]);
        }
        return score(sums);
    }

    /** The score of one sentence; use {@link #SENTENCE}. */
    public BleuScore sentence(String hypothesis, List<String> references) {
        return corpus(List.of(hypothesis), List.of(references));
    }

    /** The counts of each example, for comparisons that compute the corpus score anew in each resample. */
    public CorpusScores scores(List<String> hypotheses, List<List<String>> references) {
        return CorpusScores.of(
                statistics(hypotheses, references), sums -> score(sums).score(), HUNDRED);
    }

    private double[][] statistics(List<String> hypotheses, List<List<String>> references) {
        InputCheck check = new InputCheck().parallel("hypotheses", hypotheses.size(), "references", references.size());
        for (int i = 0; i < references.size(); i++) {
            check.require(
                    !references.get(i).isEmpty(), "references[" + i + "]", "is empty", "give at least one reference");
        }
        check.done();
        return IntStream.range(0, hypotheses.size())
                .mapToObj(i -> statistics(hypotheses.get(i), references.get(i)))
                .toArray(double[][]::new);
    }

    private double[] statistics(String hypothesis, List<String> references) {
        List<String> words = tokenise(hypothesis);
        List<List<String>> truths = references.stream().map(this::tokenise).toList();
        double[] row = new double[TOTAL + ORDERS];
        row[0] = words.size();
        row[1] = truths.stream()
                .mapToInt(List::size)
                .boxed()
                .min((a, b) -> closer(a, b, words.size()))
                .orElseThrow();
        for (int n = 1; n <= ORDERS; n++) {
            Map<List<String>, Integer> given = Ngrams.of(words, n);
            Map<List<String>, Integer> allowed = new HashMap<>();
            for (List<String> truth : truths) {
                Ngrams.of(truth, n).forEach((ngram, count) -> allowed.merge(ngram, count, Math::max));
            }
            row[CORRECT + n - 1] = Ngrams.shared(given, allowed);
            row[TOTAL + n - 1] = Ngrams.total(given);
        }
        return row;
    }

    private static int closer(int first, int second, int length) {
        int byDistance = Integer.compare(Math.abs(first - length), Math.abs(second - length));
        return byDistance != 0 ? byDistance : Integer.compare(first, second);
    }

    private List<String> tokenise(String text) {
        String cased = lowercase ? text.toLowerCase(Locale.ROOT) : text;
        return tokens.of(Words.withoutTrailingSpace(cased));
    }

    private BleuScore score(double[] sums) {
        double length = sums[0];
        double reference = sums[1];
        double penalty = length >= reference ? 1 : length > 0 ? Math.exp(1 - reference / length) : 0;
        double[] precisions = new double[ORDERS];
        boolean matches = IntStream.range(0, ORDERS).anyMatch(n -> sums[CORRECT + n] > 0);
        int orders = matches ? smooth(sums, precisions) : 0;
        int counted = effectiveOrder ? orders : ORDERS;
        double logs = Arrays.stream(precisions, 0, counted).map(Math::log).sum();
        double score = matches ? penalty * Math.exp(logs / counted) : 0;
        return new BleuScore(
                score, Arrays.stream(precisions).boxed().toList(), penalty, Math.round(length), Math.round(reference));
    }

    /** Fills the precisions, each next order without a match counting half as much; returns how many orders exist. */
    private static int smooth(double[] sums, double[] precisions) {
        double halving = 1;
        int n = 0;
        while (n < ORDERS && sums[TOTAL + n] > 0) {
            double correct = sums[CORRECT + n];
            if (correct == 0) {
                halving *= 2;
            }
            precisions[n] = HUNDRED * (correct == 0 ? 1 / halving : correct) / sums[TOTAL + n];
            n++;
        }
        return n;
    }
}
