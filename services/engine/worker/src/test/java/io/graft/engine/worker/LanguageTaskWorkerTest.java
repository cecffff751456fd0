package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.AnswerTask;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.ChoiceTask;
import io.graft.v1.DataColumns;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.GateDecision;
import io.graft.v1.GateRule;
import io.graft.v1.JobFailure;
import io.graft.v1.LanguageTask;
import io.graft.v1.PerplexityTask;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decoder that has learnt sums is asked for them, beside one that has hardly begun. */
final class LanguageTaskWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROWS = 40;

    @TempDir
    Path folder;

    private AssignmentInput asked = AssignmentInput.getDefaultInstance();

    @BeforeEach
    void writeRows() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            int sum = i % 5 + i % 7;
            rows.append("""
                    {"a": %d, "b": %d, "sum": "%d", "options": ["%d", "%d"], "right": 1, "text": "%d and %d make %d"}
                    """.formatted(i % 5, i % 7, sum, sum + 11, sum, i % 5, i % 7, sum));
        }
        asked = LAB.version("data", TrainingJobs.written(folder.resolve("asked"), "test.jsonl", rows.toString()));
    }

    @Test
    void aTextThatIsPredictedBetterPassesTheGate() throws IOException {
        PerplexityTask.Builder texts = PerplexityTask.newBuilder()
                .setText("{{text}}")
                .addMetrics("byte_perplexity")
                .addMetrics("bits_per_byte");
        Assignment done = done(
                "evaluate",
                evaluate(LanguageTask.newBuilder().setPerplexity(texts))
                        .setGate(GateRule.newBuilder()
                                .setMetric("bits_per_byte")
                                .setAlpha(0.05)
                                .setMinEffect(0))
                        .build(),
                List.of(
                        TrainingJobs.output("version", trained(150)),
                        TrainingJobs.output("against", trained(1)),
                        asked));

        AttemptCommitted committed = LAB.last(done).getCommitted();
        assertThat(committed.getGate().getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(value(committed, "bits_per_byte")).isLessThan(value(committed, "baseline_bits_per_byte"));
        assertThat(Math.log(value(committed, "byte_perplexity")) / Math.log(2))
                .isCloseTo(value(committed, "bits_per_byte"), within(1e-9));
        assertThat(LAB.manifest(done).getFilesList())
                .extracting(ArtifactFile::getPath)
                .containsExactlyInAnyOrder(
                        "report.json",
                        "report.html",
                        "results.json",
                        "samples.jsonl",
                        "baseline/results.json",
                        "baseline/samples.jsonl");
    }

    @Test
    void choicesAreMeasuredAndWrittenAsTheHarnessDoes() throws IOException {
        ChoiceTask choice = ChoiceTask.newBuilder()
                .setPrompt("{{a}} and {{b}} make")
                .setChoicesColumn("options")
                .setAnswer("{{right}}")
                .setDelimiter(" ")
                .addMetrics("acc")
                .addMetrics("acc_norm")
                .build();
        Assignment done = done(
                "evaluate",
                evaluate(LanguageTask.newBuilder().setChoice(choice)).build(),
                List.of(TrainingJobs.output("version", trained(150)), asked));

        AttemptCommitted committed = LAB.last(done).getCommitted();
        assertThat(value(committed, "acc"))
                .as("sums of one digit are likelier than those above ten, which were never seen")
                .isGreaterThan(0.8);
        Path output = LAB.fetch(done, folder.resolve("output"));
        JsonNode results = JSON.readTree(output.resolve("results.json").toFile());
        assertThat(results.at("/results/sums/acc,none").asDouble()).isEqualTo(value(committed, "acc"));
        List<String> samples = Files.readAllLines(output.resolve("samples.jsonl"));
        assertThat(samples).hasSize(ROWS);
        double right = 0;
        for (String line : samples) {
            right += JSON.readTree(line).path("acc").asDouble();
        }
        assertThat(right / ROWS).isCloseTo(value(committed, "acc"), within(1e-12));
        assertThat(output.resolve("report.html"))
                .content()
                .contains("First rows", "0 and 0 make")
                .doesNotContain("<script");
    }

    @Test
    void answersAreComparedWithReferences() throws IOException {
        AnswerTask answer = AnswerTask.newBuilder()
                .setPrompt("{{a}} and {{b}} make ")
                .setCompletion("{{sum}}")
                .addStop("\n")
                .addStop(" ")
                .setMaxNewTokens(4)
                .addMetrics("exact_match")
                .addMetrics("cer")
                .addMetrics("chrf")
                .build();
        Assignment done = done(
                "evaluate",
                evaluate(LanguageTask.newBuilder().setAnswer(answer)).build(),
                List.of(TrainingJobs.output("version", trained(150)), asked));

        AttemptCommitted committed = LAB.last(done).getCommitted();
        assertThat(committed.getMetricsMap()).containsKeys("exact_match", "cer", "chrf", "rows");
        Path output = LAB.fetch(done, folder.resolve("output"));
        double exact = 0;
        for (String line : Files.readAllLines(output.resolve("samples.jsonl"))) {
            JsonNode sample = JSON.readTree(line);
            String said = sample.path("filtered_resps").path(0).asText();
            assertThat(said).doesNotContain("\n");
            exact += said.equals(sample.path("target").asText()) ? 1 : 0;
        }
        assertThat(exact / ROWS).isCloseTo(value(committed, "exact_match"), within(1e-12));
    }

    @Test
    void rowsThatCannotBeAskedAreNamed() throws IOException {
        ChoiceTask choice = ChoiceTask.newBuilder()
                .setPrompt("{{a}}")
                .setChoicesColumn("options")
                .setAnswer("{{sum}}1")
                .setDelimiter(" ")
                .addMetrics("acc")
                .build();
        Assignment refused = LAB.assign(
                Lab.newJob("evaluate"),
                1,
                evaluate(LanguageTask.newBuilder().setChoice(choice)).build(),
                List.of(TrainingJobs.output("version", trained(1)), asked));

        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);

        JobFailure failure = LAB.last(refused).getFailed();
        assertThat(failure.getCode()).isEqualTo("MALFORMED_DATASET");
        assertThat(failure.getMessage()).contains("test.jsonl", "neither one of the choices");
    }

    private Assignment trained(long steps) throws IOException {
        TrainSpec.Builder spec = TrainingJobs.train("adamw", 1e-2, steps);
        spec.getDataBuilder().setColumns(DataColumns.newBuilder().setText("text"));
        spec.getObjectiveBuilder().setParams(Struct.newBuilder().putFields("completion_only", Values.of(false)));
        return done("train", spec.build(), List.of(asked));
    }

    private static EvaluateSpec.Builder evaluate(LanguageTask.Builder task) {
        return EvaluateSpec.newBuilder()
                .setVersion("tenants/default/models/version/versions/1")
                .setData(TrainingData.newBuilder().setDataset("tenants/default/datasets/asked/versions/1"))
                .setTask(task.setName("sums"))
                .setBatchSize(8);
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = LAB.assign(Lab.newJob(kind), 1, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }

    private static double value(AttemptCommitted committed, String metric) {
        Map<String, Double> metrics = committed.getMetricsMap();
        assertThat(metrics).containsKey(metric);
        return metrics.getOrDefault(metric, Double.NaN);
    }
}
