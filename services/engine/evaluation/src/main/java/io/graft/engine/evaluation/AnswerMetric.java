package io.graft.engine.evaluation;

import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.Scores;
import io.graft.engine.metrics.gate.Direction;
import io.graft.engine.metrics.text.Bleu;
import io.graft.engine.metrics.text.Chrf;
import io.graft.engine.metrics.text.ErrorRate;
import io.graft.engine.metrics.text.ExactMatch;
import io.graft.engine.metrics.text.Rouge;
import io.graft.engine.metrics.text.SquadAnswers;
import io.graft.engine.metrics.text.TranslationEditRate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/** How answers compare with their references. Answers come without white space at their ends. */
public enum AnswerMetric implements Metric {
    /** The share of answers that are their reference, character by character. */
    EXACT_MATCH {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return each(answers, references, ExactMatch::of);
        }
    },
    /** Words in common, normalised as in SQuAD. */
    F1 {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return each(answers, references, (answer, truth) -> SquadAnswers.f1(answer, List.of(truth)));
        }
    },
    /** BLEU of the corpus, from 0 to 100. */
    BLEU {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return Bleu.CORPUS.scores(answers, references.stream().map(List::of).toList());
        }
    },
    /** chrF of the corpus, from 0 to 100. */
    CHRF {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return Chrf.CHRF.scores(answers, references.stream().map(List::of).toList());
        }
    },
    /** Translation edit rate of the corpus, times 100. */
    TER {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return TranslationEditRate.scores(answers, references);
        }
    },
    /** Word error rate of the corpus. */
    WER {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return ErrorRate.WORD.scores(answers, references);
        }
    },
    /** Character error rate of the corpus. */
    CER {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return ErrorRate.CHARACTER.scores(answers, references);
        }
    },
    /** F of ROUGE-1, from 0 to 1. */
    ROUGE1 {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return each(
                    answers,
                    references,
                    (answer, truth) -> Rouge.PLAIN.ngrams(1, answer, truth).f1());
        }
    },
    /** F of ROUGE-2, from 0 to 1. */
    ROUGE2 {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return each(
                    answers,
                    references,
                    (answer, truth) -> Rouge.PLAIN.ngrams(2, answer, truth).f1());
        }
    },
    /** F of ROUGE-L, from 0 to 1. */
    ROUGEL {
        @Override
        Scores scores(List<String> answers, List<String> references) {
            return each(
                    answers,
                    references,
                    (answer, truth) -> Rouge.PLAIN.longest(answer, truth).f1());
        }
    };

    abstract Scores scores(List<String> answers, List<String> references);

    private static Scores each(
            List<String> answers, List<String> references, ToDoubleBiFunction<String, String> score) {
        double[] values = new double[answers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = score.applyAsDouble(answers.get(i), references.get(i));
        }
        return ExampleScores.of(values);
    }

    @Override
    public String metricName() {
        return this == ROUGEL ? "rougeL" : name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Direction direction() {
        return switch (this) {
            case TER, WER, CER -> Direction.LOWER_IS_BETTER;
            case EXACT_MATCH, F1, BLEU, CHRF, ROUGE1, ROUGE2, ROUGEL -> Direction.HIGHER_IS_BETTER;
        };
    }
}
