package io.graft.engine.evaluation;

import java.util.List;

/** What is asked of a language model for each row. Templates are Jinja over the row's columns. */
public sealed interface LanguageTask {
    /** The task's name, a key of the results. */
    String name();

    /** {@code output_type} as lm-evaluation-harness calls it. */
    String kind();

    /**
     * Choosing the continuation with the highest log-likelihood.
     *
     * @param prompt template of what comes before each choice
     * @param choices templates, two or more; empty where a column holds them
     * @param choicesColumn column with a list of texts; empty where {@code choices} are given
     * @param answer template of the right choice: its index from 0, or its text
     * @param delimiter put between prompt and choice, {@code " "} in lm-evaluation-harness
     */
    record Choosing(
            String name,
            String prompt,
            List<String> choices,
            String choicesColumn,
            String answer,
            String delimiter,
            List<ChoiceMetric> metrics)
            implements LanguageTask {
        public Choosing {
            choices = List.copyOf(choices);
            metrics = List.copyOf(metrics);
        }

        @Override
        public String kind() {
            return "multiple_choice";
        }
    }

    /**
     * Predicting whole texts, in windows where they are longer than the model reads.
     *
     * @param text template of the text
     */
    record Predicting(String name, String text, List<PerplexityMetric> metrics) implements LanguageTask {
        public Predicting {
            metrics = List.copyOf(metrics);
        }

        @Override
        public String kind() {
            return "loglikelihood_rolling";
        }
    }

    /**
     * Continuing a prompt with the most likely token each time, and comparing the text with a reference.
     *
     * @param completion template of the reference
     * @param stop texts that end the answer and are no part of it; the tokenizer's end token always does
     * @param maxNewTokens the most tokens of an answer; prompts are cut at their beginning to leave room for them
     */
    record Answering(
            String name,
            String prompt,
            String completion,
            List<String> stop,
            int maxNewTokens,
            List<AnswerMetric> metrics)
            implements LanguageTask {
        public Answering {
            stop = List.copyOf(stop);
            metrics = List.copyOf(metrics);
        }

        @Override
        public String kind() {
            return "generate_until";
        }
    }
}
