package io.graft.engine.metrics.text;

import io.graft.engine.metrics.InputCheck;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Exact match and F1 of short answers as in SQuAD (Rajpurkar et al. 2016; evaluate-v2.0.py): lower case, without ASCII
 * punctuation, English articles and extra white space. Of several true answers the best counts.
 */
public final class SquadAnswers {
    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);

    private SquadAnswers() {}

    /** The form in which answers are compared. */
    public static String normalise(String answer) {
        String bare = PUNCTUATION.matcher(answer.toLowerCase(Locale.ROOT)).replaceAll("");
        return String.join(" ", Words.of(ARTICLES.matcher(bare).replaceAll(" ")));
    }

    /**
     * 1 when the answer equals a true one after normalisation, else 0.
     *
     * @throws io.graft.engine.metrics.MetricInputException without a true answer
     */
    public static double exactMatch(String answer, List<String> truths) {
        String given = normalise(answer);
        return best(truths, truth -> given.equals(normalise(truth)) ? 1 : 0);
    }

    /**
     * The harmonic mean of precision and recall over words, from 0 to 1. An empty answer matches an empty truth only.
     *
     * @throws io.graft.engine.metrics.MetricInputException without a true answer
     */
    public static double f1(String answer, List<String> truths) {
        List<String> given = Words.of(normalise(answer));
        return best(truths, truth -> f1(given, Words.of(normalise(truth))));
    }

    private static double f1(List<String> given, List<String> truth) {
        if (given.isEmpty() || truth.isEmpty()) {
            return given.equals(truth) ? 1 : 0;
        }
        int shared = Ngrams.shared(Ngrams.of(given, 1), Ngrams.of(truth, 1));
        return 2.0 * shared / (given.size() + truth.size());
    }

    private static double best(List<String> truths, ToDoubleFunction<String> score) {
        new InputCheck()
                .require(!truths.isEmpty(), "truths", "is empty", "give at least one true answer, \"\" for none")
                .done();
        return truths.stream().mapToDouble(score).max().orElseThrow();
    }
}
