package io.graft.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.data.DataException;
import io.graft.engine.evaluation.TaskSample.Response;
import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.gate.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageEvaluationTest {
    @TempDir
    Path folder;

    @TempDir
    Path data;

    private TinyLanguageModel llama;

    @BeforeEach
    void open() throws IOException {
        llama = TinyLanguageModel.exportedTo(folder);
    }

    @AfterEach
    void close() {
        llama.close();
    }

    private DataRange rows(String... lines) throws IOException {
        Files.writeString(data.resolve("rows.jsonl"), String.join("\n", lines) + "\n");
        return new DataRange(data, "", 0);
    }

    private static LanguageTask.Choosing choosing(String prompt, String... choices) {
        return new LanguageTask.Choosing(
                "choosing", prompt, List.of(choices), "", "{{answer}}", " ", List.of(ChoiceMetric.ACC));
    }

    private static LanguageTask.Answering answering(int tokens, String... stops) {
        return new LanguageTask.Answering(
                "answering", "{{q}}", "{{a}}", List.of(stops), tokens, List.of(AnswerMetric.EXACT_MATCH));
    }

    @Test
    void theSizeOfBatchesChangesNoLikelihood() throws IOException {
        LanguageTask task = LmEvalTasks.all().findFirst().orElseThrow();

        TaskOutcome alone = llama.evaluation(1).measure(task, LmEvalTasks.rows(task));
        TaskOutcome together = llama.evaluation(64).measure(task, LmEvalTasks.rows(task));

        for (int row = 0; row < alone.samples().size(); row++) {
            for (int i = 0; i < alone.samples().get(row).responses().size(); i++) {
                assertThat(sum(together, row, i)).isCloseTo(sum(alone, row, i), Offset.offset(1e-4));
            }
        }
    }

    private static double sum(TaskOutcome outcome, int row, int choice) {
        return ((Response.Likely) outcome.samples().get(row).responses().get(choice))
                .logLikelihood()
                .sum();
    }

    @Test
    void theMostLikelyNextTokenIsGreedy() throws IOException {
        DataRange one = rows("{\"q\": \"The robot\", \"a\": \"\"}");
        String next = said(llama.evaluation(1).measure(answering(1), one));

        TaskOutcome outcome = llama.evaluation(1)
                .measure(
                        new LanguageTask.Choosing(
                                "greedy", "{{q}}", List.of(next, "blue door"), "", "0", "", List.of(ChoiceMetric.ACC)),
                        one);

        assertThat(((Response.Likely) outcome.samples().getFirst().responses().getFirst())
                        .logLikelihood()
                        .greedy())
                .isTrue();
        assertThat(outcome.metrics().getFirst().value()).isEqualTo(1);
    }

    private static String said(TaskOutcome outcome) {
        return ((Response.Said) outcome.samples().getFirst().responses().getFirst()).text();
    }

    @Test
    void anAnswerEndsBeforeItsStop() throws IOException {
        DataRange one = rows("{\"q\": \"My brother\", \"a\": \"\"}");
        String whole = said(llama.evaluation(1).measure(answering(12), one));

        String stopped = said(llama.evaluation(1).measure(answering(12, whole.substring(4, 7)), one));

        assertThat(stopped).isEqualTo(whole.substring(0, whole.indexOf(whole.substring(4, 7))));
    }

    @Test
    void everyRowThatCannotBeAskedIsNamed() throws IOException {
        DataRange rows = rows(
                "{\"question\": \"a\", \"answer\": 0}",
                "{\"answer\": 1}",
                "{\"question\": \"b\", \"answer\": \"maybe\"}",
                "{\"question\": \"c\", \"answer\": 2}");

        assertThatThrownBy(() -> llama.evaluation(2).measure(choosing("{{question}}", "yes", "no"), rows))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 2")
                .hasMessageContaining("question")
                .hasMessageContaining("row 3")
                .hasMessageContaining(
                        "\"maybe\", which is neither one of the choices [yes, no] nor an index from 0 to 1")
                .hasMessageContaining("row 4");
    }

    @Test
    void aChoiceLongerThanTheModelReadsIsRefused() throws IOException {
        DataRange one = rows("{\"answer\": 0}");

        assertThatThrownBy(() -> llama.evaluation(1).measure(choosing("a", "clock ".repeat(200), "no"), one))
                .hasMessageContaining("tokens, but the model reads at most 128");
        assertThatThrownBy(() -> llama.evaluation(1).measure(choosing("a", "yes", ""), one))
                .hasMessageContaining("a choice is among two texts or more");
        assertThatThrownBy(() -> llama.evaluation(1).measure(answering(128), rows("{\"q\": \"a\", \"a\": \"b\"}")))
                .hasMessageContaining("cannot be answered with 128 tokens by a model that reads 128");
    }

    @Test
    void theOwnerIsAskedBetweenPiecesOfWork() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        LanguageEvaluation evaluation =
                new LanguageEvaluation(llama.torch(), llama.model(), llama.tokenizer(), 2, asked::incrementAndGet);

        evaluation.measure(choosing("a", "yes", "no"), rows("{\"answer\": 0}", "{\"answer\": 1}"));

        assertThat(asked).hasValue(2);
    }

    @Test
    void resultsHaveTheShapeOfLmEval() throws IOException {
        LanguageTask task = LmEvalTasks.all().findFirst().orElseThrow();
        TaskOutcome outcome = llama.evaluation(4).measure(task, LmEvalTasks.rows(task));

        JsonNode results = new JsonMapper().readTree(ResultsFile.results(outcome));
        StringBuilder lines = new StringBuilder();
        ResultsFile.samples(outcome, lines);
        JsonNode sample =
                new JsonMapper().readTree(lines.toString().lines().findFirst().orElseThrow());

        assertThat(results.at("/results/graft_choices/acc,none").isDouble()).isTrue();
        assertThat(results.at("/results/graft_choices/acc_stderr,none").isDouble())
                .isTrue();
        assertThat(results.at("/configs/graft_choices/output_type").asText()).isEqualTo("multiple_choice");
        assertThat(results.at("/n-samples/graft_choices/effective").asInt()).isEqualTo(10);
        assertThat(results.at("/higher_is_better/graft_choices/acc").asBoolean())
                .isTrue();
        assertThat(sample.at("/arguments/gen_args_1/arg_1").asText()).isEqualTo(" old bridge");
        assertThat(sample.at("/resps/0/0/1").asText()).isEqualTo("False");
        assertThat(sample.at("/doc/context").asText()).isEqualTo("The engineer repairs the");
    }

    @Test
    void aMetricOfOneRowHasNoStandardError() {
        assertThat(new MeasuredMetric("acc", "none", ExampleScores.of(1), Direction.HIGHER_IS_BETTER).standardError())
                .isEmpty();
    }
}
