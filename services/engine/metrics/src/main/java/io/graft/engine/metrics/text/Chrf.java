package io.graft.engine.metrics.text;

import io.graft.engine.metrics.InputCheck;
import io.graft.engine.metrics.comparison.CorpusScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * chrF (Popović 2015) exactly as sacrebleu 2.6 computes it: F of character n-grams up to 6 without white space, recall
 * weighing twice as much as precision, averaged over the orders that both texts have.
 *
 * @param wordOrder 0 for chrF, 2 for chrF++ (Popović 2017), which adds words and pairs of words
 */
public record Chrf(int wordOrder) {
    /** chrF2, sacrebleu's default. */
    public static final Chrf CHRF = new Chrf(0);

    /** chrF++. */
    public static final Chrf CHRF_PLUS_PLUS = new Chrf(2);

    private static final int CHARACTER_ORDER = 6;
    private static final int BETA_SQUARED = 4;
    private static final double HUNDRED = 100;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /** What the score rests on, in sacrebleu's form. */
    public String signature(int references) {
        return "nrefs:%d|case:mixed|eff:yes|nc:6|nw:%d|space:no|version:2.6.0".formatted(references, wordOrder);
    }

    /**
     * The score of a corpus, from 0 to 100.
     *
     * @param references for each hypothesis one reference or more; the best counts
     * @throws io.graft.engine.metrics.MetricInputException for no pairs, other lengths or a hypothesis without reference
     */
    public double corpus(List<String> hypotheses, List<List<String>> references) {
        return scores(hypotheses, references).value();
    }

    /** The counts of each example, for comparisons. */
    public CorpusScores scores(List<String> hypotheses, List<List<String>> references) {
        InputCheck check = new InputCheck().parallel("hypotheses", hypotheses.size(), "references", references.size());
        for (int i = 0; i < references.size(); i++) {
            check.require(
                    !references.get(i).isEmpty(), "references[" + i + "]", "is empty", "give at least one reference");
        }
        check.done();
        double[][] statistics = IntStream.range(0, hypotheses.size())
                .mapToObj(i -> best(hypotheses.get(i), references.get(i)))
                .toArray(double[][]::new);
        return CorpusScores.of(statistics, this::score, HUNDRED);
    }

    private double[] best(String hypothesis, List<String> references) {
        double[] best = {};
        double highest = -1;
        for (String reference : references) {
            double[] row = statistics(hypothesis, reference);
            if (score(row) > highest) {
                highest = score(row);
                best = row;
            }
        }
        return best;
    }

    /** Counts of the hypothesis, of the reference and of both, for each order. */
    private double[] statistics(String hypothesis, String reference) {
        List<Double> row = new ArrayList<>();
        for (int n = 1; n <= CHARACTER_ORDER; n++) {
            add(row, Ngrams.of(characters(hypothesis), n), Ngrams.of(characters(reference), n));
        }
        for (int n = 1; n <= wordOrder; n++) {
            add(row, Ngrams.of(words(hypothesis), n), Ngrams.of(words(reference), n));
        }
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void add(List<Double> row, Map<List<String>, Integer> given, Map<List<String>, Integer> truth) {
        row.add(truth.isEmpty() ? 0.0 : Ngrams.total(given));
        row.add((double) Ngrams.total(truth));
        row.add((double) Ngrams.shared(given, truth));
    }

    private static List<String> characters(String text) {
        return Words.characters(String.join("", Words.of(text)));
    }

    /** Words with punctuation at their end, else at their start, split off. */
    private static List<String> words(String text) {
        return Words.of(text).stream().flatMap(w -> split(w).stream()).toList();
    }

    private static List<String> split(String word) {
        int last = word.length() - 1;
        if (word.codePointCount(0, word.length()) == 1) {
            return List.of(word);
        }
        if (PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
            return List.of(word.substring(0, last), word.substring(last));
        }
        return PUNCTUATION.indexOf(word.charAt(0)) >= 0
                ? List.of(word.substring(0, 1), word.substring(1))
                : List.of(word);
    }

    private double score(double[] sums) {
        double[] precisions = rates(sums, 0);
        double precision = Arrays.stream(precisions).average().orElse(0);
        double recall = Arrays.stream(rates(sums, 1)).average().orElse(0);
        return precision + recall == 0
                ? 0
                : HUNDRED * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
    }

    /** Matches over the counts of one side, for the orders that both sides have. */
    private double[] rates(double[] sums, int side) {
        return IntStream.range(0, CHARACTER_ORDER + wordOrder)
                .map(order -> 3 * order)
                .filter(i -> sums[i] > 0 && sums[i + 1] > 0)
                .mapToDouble(i -> sums[i + 2] / sums[i + side])
                .toArray();
    }
}
