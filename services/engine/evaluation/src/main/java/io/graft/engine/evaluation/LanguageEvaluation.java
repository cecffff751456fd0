package io.graft.engine.evaluation;

import io.graft.engine.data.TextTokenizer;
import io.graft.engine.evaluation.PerplexityMetric.TextLoss;
import io.graft.engine.evaluation.TaskSample.Response;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.likelihood.MultipleChoice;
import io.graft.engine.models.CausalLm;
import io.graft.engine.tensors.Torch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Measures a language model on tasks. Used by the tensor runtime's thread only.
 *
 * @param model switched to evaluation by its owner
 * @param batchSize continuations a forward pass
 * @param between called before each piece of work; may throw to end it
 */
public record LanguageEvaluation(
        Torch torch, CausalLm model, TextTokenizer tokenizer, int batchSize, Runnable between) {
    /** As Python's {@code \s}. */
    private static final Pattern SPACE = Pattern.compile("[\\s\\x1c-\\x1f\\x85\\p{Z}]+");

    /**
     * Asks a task of every row.
     *
     * @throws io.graft.engine.data.DataException naming up to 20 rows that the task can't be asked of, or a template or
     *     tokenizer that can't be used
     */
    public TaskOutcome measure(LanguageTask task, DataRange data) throws IOException {
        TaskTokens tokens = new TaskTokens(tokenizer, Math.toIntExact(model.maxPositions()));
        return switch (task) {
            case LanguageTask.Choosing choosing -> choose(choosing, TaskRows.choices(data, choosing, tokens), tokens);
            case LanguageTask.Predicting texts -> predict(texts, TaskRows.texts(data, texts, tokens), tokens);
            case LanguageTask.Answering answering -> answer(answering, TaskRows.prompts(data, answering, tokens));
        };
    }

    private TaskOutcome choose(LanguageTask.Choosing task, List<TaskItem.Choice> items, TaskTokens tokens) {
        LogLikelihood[] all =
                scores(items.stream().flatMap(item -> item.requests().stream()).toList(), tokens);
        boolean[][] right = new boolean[ChoiceMetric.values().length][items.size()];
        List<TaskSample> samples = new ArrayList<>();
        int at = 0;
        for (int row = 0; row < items.size(); row++) {
            TaskItem.Choice item = items.get(row);
            List<LogLikelihood> own =
                    Arrays.asList(all).subList(at, at += item.choices().size());
            for (ChoiceMetric metric : ChoiceMetric.values()) {
                right[metric.ordinal()][row] = chosen(metric, item.choices(), own) == item.answer();
            }
            List<Response> said =
                    own.stream().<Response>map(Response.Likely::new).toList();
            List<List<String>> arguments = item.choices().stream()
                    .map(choice -> List.of(item.prompt(), item.delimiter() + choice))
                    .toList();
            samples.add(new TaskSample(item.row(), item.answer(), arguments, said, said));
        }
        List<MeasuredMetric> metrics = task.metrics().stream()
                .map(metric -> new MeasuredMetric(
                        metric.metricName(),
                        "none",
                        ExampleScores.ofCorrectness(right[metric.ordinal()]),
                        metric.direction()))
                .toList();
        return new TaskOutcome(task, metrics, samples);
    }

    private static int chosen(ChoiceMetric metric, List<String> choices, List<LogLikelihood> scores) {
        return MultipleChoice.of(
                        scores.stream().mapToDouble(LogLikelihood::sum).toArray(),
                        choices.stream().mapToInt(metric::length).toArray())
                .byLikelihoodPerByte();
    }

    private TaskOutcome predict(LanguageTask.Predicting task, List<TaskItem.Text> items, TaskTokens tokens) {
        LogLikelihood[] all =
                scores(items.stream().flatMap(item -> item.requests().stream()).toList(), tokens);
        List<TextLoss> losses = new ArrayList<>();
        List<TaskSample> samples = new ArrayList<>();
        int at = 0;
        for (TaskItem.Text item : items) {
            double sum = 0;
            for (int i = 0; i < item.requests().size(); i++) {
                sum += all[at++].sum();
            }
            String text = item.text();
            losses.add(new TextLoss(-sum, SPACE.split(text, -1).length, text.getBytes(StandardCharsets.UTF_8).length));
            List<Response> said = List.of(new Response.Whole(sum));
            samples.add(new TaskSample(item.row(), text, List.of(List.of(text)), said, said));
        }
        List<MeasuredMetric> metrics = task.metrics().stream()
                .map(metric ->
                        new MeasuredMetric(metric.metricName(), "none", metric.scores(losses), metric.direction()))
                .toList();
        return new TaskOutcome(task, metrics, samples);
    }

    private TaskOutcome answer(LanguageTask.Answering task, List<TaskItem.Prompt> items) {
        Answers answers = new Answers(model, tokenizer, task);
        List<String> said = new ArrayList<>();
        List<TaskSample> samples = new ArrayList<>();
        for (TaskItem.Prompt item : items) {
            between.run();
            String answer = answers.to(item.ids());
            said.add(answer.strip());
            samples.add(new TaskSample(
                    item.row(),
                    item.reference(),
                    List.of(List.of(item.prompt())),
                    List.of(new Response.Said(answer)),
                    List.of(new Response.Said(answer.strip()))));
        }
        List<String> references = items.stream().map(TaskItem.Prompt::reference).toList();
        List<MeasuredMetric> metrics = task.metrics().stream()
                .map(metric -> new MeasuredMetric(
                        metric.metricName(), "trim", metric.scores(said, references), metric.direction()))
                .toList();
        return new TaskOutcome(task, metrics, samples);
    }

    private LogLikelihood[] scores(List<Continuation> requests, TaskTokens tokens) {
        return new Likelihoods(torch, model, tokenizer.paddingId(), batchSize)
                .of(requests, tokens.maxLength(), between);
    }
}
