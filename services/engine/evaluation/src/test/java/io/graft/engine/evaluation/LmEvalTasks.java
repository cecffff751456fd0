package io.graft.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.evaluation.TaskSample.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tasks of {@code resources/tasks}, as Graft has them, and how their results compare with lm-evaluation-harness'. */
final class LmEvalTasks {
    static final Path FOLDER = Path.of("src/test/resources/tasks");
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<ChoiceMetric> CHOICES = List.of(ChoiceMetric.values());

    private static final LanguageTask.Choosing OPTIONS =
            new LanguageTask.Choosing("graft_choices", "{{context}}", List.of(), "options", "{{answer}}", " ", CHOICES);
    private static final LanguageTask.Choosing QUESTIONS = new LanguageTask.Choosing(
            "graft_questions",
            "Question: {{question}}\nAnswer:",
            List.of("yes", "no {{label}}"),
            "",
            "{{label}}",
            " ",
            CHOICES);
    private static final LanguageTask.Predicting TEXTS =
            new LanguageTask.Predicting("graft_texts", "{{text}}", List.of(PerplexityMetric.values()));
    private static final LanguageTask.Answering ANSWERS = new LanguageTask.Answering(
            "graft_answers",
            "{{question}}",
            "{{reference}}",
            List.of(" let", "`"),
            12,
            List.of(AnswerMetric.EXACT_MATCH, AnswerMetric.BLEU, AnswerMetric.CHRF, AnswerMetric.TER));

    private LmEvalTasks() {}

    static Stream<LanguageTask> all() {
        return Stream.of(OPTIONS, QUESTIONS, TEXTS, ANSWERS);
    }

    static DataRange rows(LanguageTask task) {
        return new DataRange(FOLDER, task.name().replace("graft_", "") + ".jsonl", 0);
    }

    /** Greatest deviations from lm-evaluation-harness. */
    record Deviation(double logLikelihood, double metric) {}

    static Deviation compare(TaskOutcome own, JsonNode lmEval) throws IOException {
        String task = own.task().name();
        JsonNode results =
                JSON.readTree(ResultsFile.results(own)).path("results").path(task);
        double logLikelihood = logLikelihoods(own, lmEval.path("samples").path(task));
        assertThat(logLikelihood).isLessThan(1e-4);
        double metric = 0;
        for (MeasuredMetric measured : own.metrics()) {
            String key = measured.name() + "," + measured.filter();
            double theirs = lmEval.at("/results/" + task).path(key).doubleValue();
            double relative = Math.abs(measured.value() - theirs) / Math.max(1, Math.abs(theirs));
            assertThat(relative).as(task + " " + key + " " + theirs).isLessThan(1e-5);
            metric = Math.max(metric, relative);
            String error = measured.name() + "_stderr," + measured.filter();
            JsonNode theirError = lmEval.at("/results/" + task).path(error);
            if (measured.standardError().isPresent()) {
                assertThat(results.path(error).doubleValue()).isCloseTo(theirError.doubleValue(), within(1e-12));
            }
        }
        return new Deviation(logLikelihood, metric);
    }

    private static double logLikelihoods(TaskOutcome own, JsonNode samples) {
        assertThat(own.samples()).hasSameSizeAs(samples);
        double worst = 0;
        for (int row = 0; row < samples.size(); row++) {
            TaskSample sample = own.samples().get(row);
            for (int i = 0; i < sample.responses().size(); i++) {
                JsonNode theirs = samples.get(row).path("resps").get(i);
                JsonNode filtered = samples.get(row).path("filtered_resps").get(i);
                worst = Math.max(
                        worst,
                        switch (sample.responses().get(i)) {
                            case Response.Likely(LogLikelihood score) -> {
                                assertThat(score.greedy())
                                        .isEqualTo(theirs.get(1).booleanValue());
                                yield Math.abs(score.sum() - theirs.get(0).doubleValue());
                            }
                            case Response.Whole(double sum) -> Math.abs(sum - theirs.doubleValue());
                            case Response.Said(String text) -> {
                                assertThat(text).isEqualTo(theirs.textValue());
                                assertThat(sample.filtered().get(i)).isEqualTo(new Response.Said(filtered.textValue()));
                                yield 0;
                            }
                        });
            }
        }
        return worst;
    }
}
