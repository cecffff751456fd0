package io.graft.engine.worker.evaluation;

import io.graft.engine.evaluation.AnswerMetric;
import io.graft.engine.evaluation.ChoiceMetric;
import io.graft.engine.evaluation.LanguageTask;
import io.graft.engine.evaluation.Metric;
import io.graft.engine.evaluation.PerplexityMetric;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.AnswerTask;
import io.graft.v1.ChoiceTask;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tasks of messages, which have their defaults, as the engine takes them. */
final class TaskMessages {
    private TaskMessages() {}

    static LanguageTask task(io.graft.v1.LanguageTask task) {
        return switch (task.getAskCase()) {
            case CHOICE -> choosing(task.getName(), task.getChoice());
            case PERPLEXITY ->
                new LanguageTask.Predicting(
                        task.getName(),
                        task.getPerplexity().getText(),
                        metrics(task.getPerplexity().getMetricsList(), PerplexityMetric.values()));
            case ANSWER -> answering(task.getName(), task.getAnswer());
            case ASK_NOT_SET -> throw new GraftException(ErrorCode.INTERNAL, "The assignment's task asks nothing");
        };
    }

    private static LanguageTask choosing(String name, ChoiceTask choice) {
        return new LanguageTask.Choosing(
                name,
                choice.getPrompt(),
                choice.getChoicesList(),
                choice.getChoicesColumn(),
                choice.getAnswer(),
                choice.getDelimiter(),
                metrics(choice.getMetricsList(), ChoiceMetric.values()));
    }

    private static LanguageTask answering(String name, AnswerTask answer) {
        return new LanguageTask.Answering(
                name,
                answer.getPrompt(),
                answer.getCompletion(),
                answer.getStopList(),
                answer.getMaxNewTokens(),
                metrics(answer.getMetricsList(), AnswerMetric.values()));
    }

    private static <M extends Metric> List<M> metrics(List<String> names, M[] known) {
        return names.stream()
                .map(name -> Arrays.stream(known)
                        .filter(metric -> metric.metricName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new GraftException(
                                ErrorCode.INVALID_REQUEST,
                                "This worker knows no metric '" + name + "' of such tasks",
                                Map.of("metric", name))))
                .toList();
    }
}
