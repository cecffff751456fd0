package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.GateDecision;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import io.graft.v1.JobFailure;
import io.graft.v1.ScoreSpec;
import io.graft.v1.ScoringKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions that were made elsewhere are scored and held back as a model's own are. */
final class ScoreWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final List<String> SENTENCES = List.of(
            "the old house stands on the hill by the sea",
            "we walk to the market every day in the morning",
            "nobody knows why the river turned red last night",
            "she reads a long letter from her brother in town");

    @TempDir
    Path folder;

    @Test
    void aBetterTranslationPassesAndIsWrittenDown() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            String truth = SENTENCES.get(i % SENTENCES.size());
            String worse = i % 3 == 0 ? truth : truth.replace(" the ", " a ").replace(" in ", " at ");
            rows.append("{\"mt\": \"%s\", \"old\": \"%s\", \"truth\": \"%s\", \"side\": \"%s\"}\n"
                    .formatted(truth.replace("old", "grand"), worse, truth, i % 2 == 0 ? "a" : "b"));
        }
        ScoreSpec spec = spec(ScoringKind.SCORING_KIND_TRANSLATION)
                .setPrediction("mt")
                .setBaseline("old")
                .setGate(GateRule.newBuilder()
                        .setMetric("bleu")
                        .setAlpha(0.05)
                        .setMinEffect(1)
                        .addSubsets(GateSubset.newBuilder()
                                .setName("side=b")
                                .setColumn("side")
                                .addValues("b")))
                .build();

        AttemptCommitted committed = done(spec, rows.toString());

        assertThat(committed.getGate().getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(committed.getGate().getFindingsCount()).isEqualTo(2);
        Map<String, Double> metrics = committed.getMetricsMap();
        assertThat(committed.getGate().getCandidate()).isEqualTo(metrics.get("bleu"));
        assertThat(metrics).containsKeys("chrf", "ter", "baseline_bleu", "baseline_chrf", "baseline_ter", "rows");
        Path output = LAB.fetch(assignment, folder.resolve("reports"));
        JsonNode report =
                new JsonMapper().readTree(output.resolve("report.json").toFile());
        assertThat(report.path("gate").path("verdict").asText()).isEqualTo("PASS");
        assertThat(report.path("facts").path("evaluator").asText()).contains("nrefs:1|case:mixed");
        assertThat(report.path("facts").path("baseline").asText()).isEqualTo("old");
        assertThat(output.resolve("report.html"))
                .content()
                .contains("<p class=\"verdict pass\">PASS</p>", "Gain over the baseline")
                .doesNotContain("<script");
    }

    @Test
    void readTextIsScoredWithItsEmptyPredictions() throws IOException {
        AttemptCommitted committed =
                done(spec(ScoringKind.SCORING_KIND_TRANSCRIPTION).build(), """
                {"prediction": "a b", "truth": "a b"}
                {"truth": "c d"}
                """);

        assertThat(committed.getMetricsMap())
                .containsEntry("wer", 0.5)
                .containsEntry("cer", 0.5)
                .containsEntry("empty", 1.0)
                .containsEntry("rows", 2.0);
    }

    @Test
    void answersTakeTheBestOfAList() throws IOException {
        AttemptCommitted committed = done(spec(ScoringKind.SCORING_KIND_ANSWER).build(), """
                {"prediction": "Paris", "truth": ["the Paris", "City of Light"]}
                {"prediction": "", "truth": [""]}
                {"prediction": "Rome", "truth": ["Oslo"]}
                """);

        assertThat(committed.getMetricsMap().get("exact_match")).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void masksAreScoredByTheirPixels() throws IOException {
        AttemptCommitted committed = done(
                spec(ScoringKind.SCORING_KIND_SEGMENTATION).setIgnoreIndex(255).build(), """
                {"prediction": [[0, 0], [1, 1]], "truth": [[0, 1], [1, 255]]}
                {"prediction": [0, 0, 0], "truth": [0, 0, 0]}
                """);

        assertThat(committed.getMetricsMap())
                .containsEntry("pixel_accuracy", 5.0 / 6)
                .containsEntry("iou_0", 4.0 / 5)
                .containsEntry("iou_1", 1.0 / 2)
                .containsEntry("rows", 2.0);
        assertThat(committed.getMetricsMap().get("miou")).isCloseTo(0.65, within(1e-12));
    }

    @Test
    void badRowsAreNamed() throws IOException {
        assertThat(refused(ScoringKind.SCORING_KIND_TRANSCRIPTION, """
                        {"prediction": "a", "truth": " "}
                        {"prediction": "a", "truth": "a"}
                        {"prediction": "a"}
                        """))
                .contains("row 1, column 'truth'", "is an empty reference", "row 3, column 'truth' is missing");
        assertThat(refused(ScoringKind.SCORING_KIND_SUMMARY, """
                        {"prediction": "a", "truth": "猫は眠る"}
                        """)).contains("row 1", "ROUGE counts nothing else");
        assertThat(refused(ScoringKind.SCORING_KIND_SEGMENTATION, """
                        {"prediction": [0, 1], "truth": [0, 1, 1]}
                        {"prediction": [0, -1], "truth": [0, 1]}
                        """))
                .contains("row 1", "has 2 pixels, the truth 3", "row 2", "is no mask");
        assertThat(refused(ScoringKind.SCORING_KIND_SEGMENTATION, """
                        {"prediction": [0], "truth": [255]}
                        """)).contains("No pixel of 'truth' counts");
        assertThat(refused(ScoringKind.SCORING_KIND_LABEL, """
                        {"truth": "a"}
                        """)).contains("row 1, column 'prediction' is no text");
    }

    private Assignment assignment = Assignment.getDefaultInstance();

    private static ScoreSpec.Builder spec(ScoringKind kind) {
        return ScoreSpec.newBuilder()
                .setDataset("tenants/default/datasets/predictions/versions/1")
                .setPrediction("prediction")
                .addReferences("truth")
                .setKind(kind);
    }

    private AttemptCommitted done(ScoreSpec spec, String rows) throws IOException {
        assertThat(run(spec, rows)).isEqualTo(ExitCode.DONE);
        return LAB.last(assignment).getCommitted();
    }

    private String refused(ScoringKind kind, String rows) throws IOException {
        assertThat(run(spec(kind).build(), rows)).isEqualTo(ExitCode.USER_FAULT);
        JobFailure failure = LAB.last(assignment).getFailed();
        assertThat(failure.getCode()).isEqualTo("MALFORMED_DATASET");
        return failure.getMessage();
    }

    private ExitCode run(ScoreSpec spec, String rows) throws IOException {
        AssignmentInput data =
                LAB.version("data", TrainingJobs.written(folder.resolve("rows"), "predictions.jsonl", rows));
        assignment = LAB.assign(Lab.newJob("score"), 1, spec, List.of(data));
        return LAB.run(assignment, folder);
    }
}
