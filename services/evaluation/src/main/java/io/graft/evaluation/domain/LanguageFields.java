package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.Network;
import io.graft.v1.AnswerTask;
import io.graft.v1.ChoiceTask;
import io.graft.v1.DataColumns;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.LanguageTask;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.PerplexityTask;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what is asked of language models, as far as neither rows nor networks need be known. */
final class LanguageFields {
    static final String PATH = "spec.task";

    private static final List<String> CHOICE_METRICS = List.of("acc", "acc_norm", "acc_bytes");
    private static final List<String> TEXT_METRICS = List.of("word_perplexity", "byte_perplexity", "bits_per_byte");
    private static final List<String> ANSWER_METRICS =
            List.of("exact_match", "f1", "bleu", "chrf", "ter", "cer", "wer", "rouge1", "rouge2", "rougeL");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final int MOST_STOPS = 16;
    private static final int MOST_CHOICES = 100;
    private static final int MOST_NEW_TOKENS = 1 << 20;
    private static final int GUESSED_CHOICES = 4;

    private LanguageFields() {}

    /** The task with its defaults, all but the number of new tokens; what is wrong with it, or does not go with it, is noted. */
    static LanguageTask effective(SpecFields fields, EvaluateSpec spec) {
        alone(fields, spec);
        LanguageTask task = spec.getTask();
        LanguageTask.Builder effective = task.toBuilder();
        if (task.getName().isEmpty()) {
            effective.setName(kind(task));
        }
        fields.require(
                NAME.matcher(effective.getName()).matches(),
                PATH + ".name",
                "is '" + task.getName() + "'; it is 1 to 64 of a-z, 0-9, _ and -, a letter first");
        switch (task.getAskCase()) {
            case CHOICE -> effective.setChoice(choice(fields, task.getChoice()));
            case PERPLEXITY -> effective.setPerplexity(perplexity(fields, task.getPerplexity()));
            case ANSWER -> effective.setAnswer(answer(fields, task.getAnswer()));
            case ASK_NOT_SET ->
                fields.require(
                        false,
                        PATH + ".choice",
                        "or perplexity, or answer is required: say what is asked of the model");
        }
        return effective.build();
    }

    private static void alone(SpecFields fields, EvaluateSpec spec) {
        String cure = "goes without spec.task; measure one or the other";
        fields.require(spec.getObjective().equals(MethodChoice.getDefaultInstance()), "spec.objective", cure);
        fields.require(!spec.hasEmbedding(), "spec.embedding", cure);
        String templates = "goes with objectives only; the templates of a task name its columns";
        fields.require(
                spec.getData().getColumns().equals(DataColumns.getDefaultInstance()), "spec.data.columns", templates);
        fields.require(spec.getData().getClassesCount() == 0, "spec.data.classes", "goes with objectives only");
        fields.require(
                !spec.getData().hasHoldout(),
                "spec.data.holdout",
                "goes with objectives only; name the split to measure on");
        String head = "goes with objectives only; a task asks the language model's own head";
        fields.require(spec.getHead().isEmpty(), "spec.head", head);
        fields.require(spec.getAgainst().getHead().isEmpty(), "spec.against.head", head);
        String length = "goes with objectives only; a task reads as much as the model can";
        fields.require(spec.getMaxLength() == 0, "spec.max_length", length);
        fields.require(spec.getLongRows() == LongRows.LONG_ROWS_UNSPECIFIED, "spec.long_rows", length);
    }

    private static ChoiceTask choice(SpecFields fields, ChoiceTask task) {
        String path = PATH + ".choice";
        boolean isListed = task.getChoicesCount() > 0;
        required(fields, path + ".prompt", task.getPrompt());
        required(fields, path + ".answer", task.getAnswer());
        fields.require(
                isListed == task.getChoicesColumn().isEmpty(),
                path + ".choices",
                "or choices_column is required, one of both: give two templates or more, or a column with a list");
        fields.require(
                !isListed || (task.getChoicesCount() >= 2 && task.getChoicesCount() <= MOST_CHOICES),
                path + ".choices",
                "has " + task.getChoicesCount() + " templates; a choice is among 2 to " + MOST_CHOICES);
        fields.require(
                task.getChoicesList().stream().noneMatch(String::isEmpty), path + ".choices", "has an empty template");
        ChoiceTask.Builder effective = task.toBuilder();
        if (!task.hasDelimiter()) {
            effective.setDelimiter(" ");
        }
        if (task.getMetricsCount() == 0) {
            effective.addAllMetrics(CHOICE_METRICS.subList(0, 2));
        }
        metrics(fields, path, task.getMetricsList(), CHOICE_METRICS);
        return effective.build();
    }

    private static PerplexityTask perplexity(SpecFields fields, PerplexityTask task) {
        String path = PATH + ".perplexity";
        required(fields, path + ".text", task.getText());
        metrics(fields, path, task.getMetricsList(), TEXT_METRICS);
        return task.getMetricsCount() > 0
                ? task
                : task.toBuilder().addAllMetrics(TEXT_METRICS).build();
    }

    private static AnswerTask answer(SpecFields fields, AnswerTask task) {
        String path = PATH + ".answer";
        required(fields, path + ".prompt", task.getPrompt());
        required(fields, path + ".completion", task.getCompletion());
        fields.require(
                task.getStopCount() <= MOST_STOPS && task.getStopList().stream().noneMatch(String::isEmpty),
                path + ".stop",
                "has at most " + MOST_STOPS + " texts, none of them empty");
        fields.range(path + ".max_new_tokens", task.getMaxNewTokens(), 0, MOST_NEW_TOKENS);
        metrics(fields, path, task.getMetricsList(), ANSWER_METRICS);
        return task.getMetricsCount() > 0
                ? task
                : task.toBuilder().addMetrics(ANSWER_METRICS.getFirst()).build();
    }

    private static void required(SpecFields fields, String field, String template) {
        fields.require(!template.isEmpty(), field, "is required: a template over the row's columns, such as {{text}}");
    }

    private static void metrics(SpecFields fields, String path, List<String> named, List<String> known) {
        fields.require(
                known.containsAll(named) && Set.copyOf(named).size() == named.size(),
                path + ".metrics",
                "is " + String.join(", ", named) + "; such a task has " + String.join(", ", known) + ", each once");
    }

    /** As lm-evaluation-harness calls it; empty when nothing is asked. */
    private static String kind(LanguageTask task) {
        return switch (task.getAskCase()) {
            case CHOICE -> "multiple_choice";
            case PERPLEXITY -> "loglikelihood_rolling";
            case ANSWER -> "generate_until";
            case ASK_NOT_SET -> "nothing";
        };
    }

    /** What a gate can compare, the standard one first; of a task with its defaults. */
    static List<String> metrics(LanguageTask task) {
        return switch (task.getAskCase()) {
            case CHOICE -> task.getChoice().getMetricsList();
            case PERPLEXITY -> task.getPerplexity().getMetricsList();
            case ANSWER -> task.getAnswer().getMetricsList();
            case ASK_NOT_SET -> CHOICE_METRICS;
        };
    }

    /** How many rows of a batch each row counts as, in time: answers are written one by one. */
    static int runs(EvaluateSpec spec) {
        return switch (spec.getTask().getAskCase()) {
            case CHOICE -> Math.max(GUESSED_CHOICES, spec.getTask().getChoice().getChoicesCount());
            case PERPLEXITY, ASK_NOT_SET -> 1;
            case ANSWER -> spec.getBatchSize();
        };
    }

    /** Fills in how many tokens an answer has at most; more than the networks read are noted. */
    static LanguageTask within(SpecFields fields, LanguageTask task, List<Contender> contenders) {
        if (!task.hasAnswer()) {
            return task;
        }
        long reads = contenders.stream()
                .mapToLong(
                        contender -> Network.of(contender.network().version()).longest())
                .map(longest -> longest == 0 ? MOST_NEW_TOKENS : longest)
                .min()
                .orElse(MOST_NEW_TOKENS);
        int asked = task.getAnswer().getMaxNewTokens();
        fields.require(
                asked < reads,
                PATH + ".answer.max_new_tokens",
                "is " + asked + ", and the network reads " + reads + " tokens, the prompt's among them");
        LanguageTask.Builder filled = task.toBuilder();
        filled.getAnswerBuilder().setMaxNewTokens(asked == 0 ? (int) Math.min(256, reads / 2) : asked);
        return filled.build();
    }
}
