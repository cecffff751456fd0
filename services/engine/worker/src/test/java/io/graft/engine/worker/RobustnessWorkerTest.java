package io.graft.engine.worker;

import static io.graft.engine.worker.PictureJobs.ROWS;
import static io.graft.engine.worker.PictureJobs.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptReported;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.RobustnessAttack;
import io.graft.v1.RobustnessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Networks that tell small pictures apart are attacked as they were registered. */
@Timeout(300)
final class RobustnessWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final double EPS = 0.45;
    private static final int BUDGET = 200;
    private static final int SAMPLES = 24;

    @TempDir
    Path folder;

    private AssignmentInput data = AssignmentInput.getDefaultInstance();
    private AssignmentInput version = AssignmentInput.getDefaultInstance();

    @BeforeEach
    void train() throws IOException {
        data = LAB.version("data", PictureJobs.pictures(folder.resolve("pictures"), SIDE));
        version = TrainingJobs.output("version", learnt(1));
    }

    @Test
    void anAttackIsMeasuredAndWrittenDown() throws IOException {
        AssignmentInput sibling = TrainingJobs.output("sibling_1", learnt(2));
        AssignmentInput surrogate = TrainingJobs.output("surrogate", learnt(3));
        RobustnessSpec spec = spec().setSurrogate(surrogate.getVersion())
                .addSiblings(sibling.getVersion())
                .setAttribution(true)
                .build();

        Assignment done = done("robustness", spec, List.of(version, surrogate, sibling, data));

        Map<String, Double> metrics = LAB.last(done).getCommitted().getMetricsMap();
        assertThat(metrics)
                .containsEntry("rows", (double) ROWS)
                .containsEntry("attacked", (double) SAMPLES)
                .containsKeys("accuracy", "queries", "transfer_rate", "transfer_rate_1");
        assertThat(value(metrics, "accuracy")).isGreaterThan(0.95);
        double success = value(metrics, "success_rate");
        assertThat(success).isGreaterThan(0.5);
        assertThat(value(metrics, "robust_accuracy"))
                .isCloseTo(value(metrics, "accuracy") * (1 - success), within(1e-12));
        assertThat(value(metrics, "mean_queries")).isBetween(1.0, (double) BUDGET);
        assertThat(value(metrics, "mean_linf")).isBetween(1e-3, EPS + 1e-6);
        assertThat(value(metrics, "mean_l2")).isBetween(value(metrics, "mean_linf"), EPS * SIDE + 1e-6);
        assertThat(value(metrics, "transfer_rate")).isBetween(0.05, 1.0);
        assertThat(value(metrics, "attribution_iou"))
                .as("a change that moves the label moves what mattered, but not everything")
                .isBetween(0.01, 0.99);
        assertThat(value(metrics, "attribution_l1")).isBetween(0.001, 0.999);
        assertThat(LAB.manifest(done).getFilesList())
                .extracting(ArtifactFile::getPath)
                .containsExactlyInAnyOrder("report.json", "report.html");
        requireReports(LAB.fetch(done, folder.resolve("reports")), metrics);
    }

    private static void requireReports(Path output, Map<String, Double> metrics) throws IOException {
        JsonNode report = json(output.resolve("report.json"));
        assertThat(report.path("facts").path("evaluator").asText()).contains("MICROBIAL_GA", "eps=0.45", "seed=7");
        assertThat(report.path("facts").path("version").asText()).contains("sha256:");
        JsonNode examples = report.path("examples");
        assertThat(examples).hasSize(SAMPLES);
        double queries = 0;
        int fooled = 0;
        for (JsonNode example : examples) {
            assertThat(example.path("linf").asDouble()).isLessThanOrEqualTo(EPS + 1e-6);
            assertThat(example.path("queries").asInt()).isLessThanOrEqualTo(BUDGET);
            assertThat(example.path("fooled").asBoolean())
                    .isEqualTo(example.path("margin").asDouble() < 0);
            assertThat(example.has("attribution_iou"))
                    .isEqualTo(example.path("fooled").asBoolean());
            queries += example.path("queries").asDouble();
            fooled += example.path("fooled").asBoolean() ? 1 : 0;
        }
        assertThat(value(metrics, "queries")).isEqualTo(queries);
        assertThat(value(metrics, "success_rate")).isCloseTo((double) fooled / SAMPLES, within(1e-12));
        JsonNode curve = report.path("curve");
        assertThat(curve.path(0).path("queries").asInt()).isZero();
        assertThat(curve.path(0).path("success_rate").asDouble()).isZero();
        JsonNode last = curve.path(curve.size() - 1);
        assertThat(last.path("queries").asInt()).isEqualTo(BUDGET);
        assertThat(last.path("success_rate").asDouble()).isEqualTo(value(metrics, "success_rate"));
        assertThat(report.path("siblings").path(0).path("transfer_rate").asDouble())
                .isEqualTo(value(metrics, "transfer_rate_1"));
        assertThat(output.resolve("report.html"))
                .content()
                .contains("Share of pictures fooled, over queries", "<polyline", "The same changes on other versions")
                .doesNotContain("http:", "https:", "<script");
    }

    @Test
    void aSmallChangeFoolsNobodyAndCostsTheWholeBudget() throws IOException {
        Assignment done = done("robustness", spec().setEps(1e-4).setBudget(20).build(), List.of(version, data));

        assertThat(LAB.last(done).getCommitted().getMetricsMap())
                .containsEntry("success_rate", 0.0)
                .containsEntry("mean_queries", 20.0)
                .containsEntry("median_queries", 20.0)
                .containsEntry("queries", 20.0 * SAMPLES)
                .doesNotContainKeys("mean_l2", "mean_linf", "transfer_rate", "attribution_iou");
    }

    @Test
    void theSameSeedIsTheSameAttackAndRandomSearchIsAnother() throws IOException {
        List<AssignmentInput> inputs = List.of(version, data);
        Assignment once = done("robustness", spec().build(), inputs);
        Assignment again = done("robustness", spec().build(), inputs);
        Assignment random = done(
                "robustness",
                spec().clearPopulation()
                        .clearCrossover()
                        .clearMutation()
                        .setAttack(RobustnessAttack.ROBUSTNESS_ATTACK_RANDOM)
                        .build(),
                inputs);

        assertThat(examples(again)).isEqualTo(examples(once)).isNotEqualTo(examples(random));
    }

    private JsonNode examples(Assignment done) throws IOException {
        Path output = LAB.fetch(done, Files.createTempDirectory(folder, "output"));
        return json(output.resolve("report.json")).path("examples");
    }

    @Test
    void changesAreMeasuredBeforeTheModelsOwnNormalisation() throws IOException {
        Path model = LAB.fetch(learnt(1), folder.resolve("normalised"));
        Files.writeString(
                model.resolve("preprocessor_config.json"),
                "{\"do_normalize\": true, \"image_mean\": [0.3], \"image_std\": [0.7], \"do_resize\": false}");
        AssignmentInput normalised = LAB.version("version", model);
        Assignment measured = done("evaluate", evaluate(), List.of(normalised, data));
        Path outcome = LAB.fetch(measured, folder.resolve("measured"));
        // Two queries that change nothing worth mentioning tell the margin of the unchanged picture.
        Assignment attacked = done(
                "robustness", spec().setEps(1e-7).setBudget(2).setPopulation(2).build(), List.of(normalised, data));

        JsonNode plain = json(outcome.resolve("report.json")).path("examples");
        assertThat(examples(attacked)).hasSize(SAMPLES).allSatisfy(example -> {
            JsonNode row = plain.path(example.path("row").asInt());
            double right = Math.exp(-row.path("candidate").path("loss").asDouble());
            assertThat(example.path("margin").asDouble())
                    .isBetween(2 * right - 1 - 1e-4, right - (1 - right) / (PictureJobs.CLASSES - 1) + 1e-4);
        });
        assertThat(LAB.last(attacked).getCommitted().getMetricsMap().get("accuracy"))
                .isEqualTo(LAB.last(measured).getCommitted().getMetricsMap().get("accuracy"));
    }

    @Test
    void modelsThatReadOtherPicturesOrLabelsAreNoSiblings() throws IOException {
        RobustnessSpec spec = spec().addSiblings("tenants/default/models/sibling-1/versions/1")
                .build();
        Path resizing = LAB.fetch(learnt(2), folder.resolve("resizing"));
        Files.writeString(
                resizing.resolve("preprocessor_config.json"),
                "{\"do_resize\": true, \"size\": {\"height\": 5, \"width\": 5}}");
        refused(spec, "ARCHITECTURE_MISMATCH", "of 1x5x5", LAB.version("sibling_1", resizing));

        Path others = LAB.fetch(learnt(2), folder.resolve("others"));
        relabel(others, "3", "cat");
        refused(spec, "NOT_COMPARABLE", "[3]", LAB.version("sibling_1", others));
    }

    @Test
    void aModelWithoutATrainedHeadIsRefused() throws IOException {
        Path model = LAB.fetch(learnt(1), folder.resolve("headless"));
        relabel(model, "4", "4");
        version = LAB.version("version", model);

        refused(spec().build(), "MALFORMED_MODEL", "no trained head");
    }

    private static void relabel(Path model, String id, String label) throws IOException {
        Path file = model.resolve("config.json");
        ObjectNode config = (ObjectNode) json(file);
        ((ObjectNode) config.path("id2label")).put(id, label);
        Files.writeString(file, config.toString());
    }

    private void refused(RobustnessSpec spec, String code, String message, AssignmentInput... beside)
            throws IOException {
        Assignment refused = LAB.assign(
                Lab.newJob("robustness"),
                1,
                spec,
                Stream.concat(List.of(version, data).stream(), Arrays.stream(beside))
                        .toList());

        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);

        assertThat(LAB.last(refused).getFailed().getCode()).isEqualTo(code);
        assertThat(LAB.last(refused).getFailed().getMessage()).contains(message);
        assertThat(LAB.outputs(refused)).doesNotContain("manifest.json");
    }

    @Test
    void askedToLeaveItLeavesBetweenTwoQueries() {
        RobustnessSpec endless = spec().setEps(1e-6).setBudget(1_000_000).build();
        Assignment assignment = LAB.assign(Lab.newJob("robustness"), 1, endless, List.of(version, data));
        StopSignal stop = new StopSignal();
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            CompletableFuture<ExitCode> running = CompletableFuture.supplyAsync(() -> run(assignment, stop), worker);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> LAB.reports(assignment).stream().anyMatch(RobustnessWorkerTest::isAttacking));

            stop.request();

            await().atMost(Duration.ofSeconds(30)).until(running::isDone);
            assertThat(running.join()).isEqualTo(ExitCode.TERMINATED);
        }
        assertThat(LAB.outputs(assignment)).isEmpty();
    }

    private static boolean isAttacking(AttemptReported report) {
        return report.hasProgress() && report.getProgress().getStage().equals("attack");
    }

    private ExitCode run(Assignment assignment, StopSignal stop) {
        try {
            return LAB.run(assignment, folder, stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RobustnessSpec.Builder spec() {
        return RobustnessSpec.newBuilder()
                .setVersion("tenants/default/models/version/versions/1")
                .setData(PictureJobs.rows())
                .setAttack(RobustnessAttack.ROBUSTNESS_ATTACK_MICROBIAL_GA)
                .setEps(EPS)
                .setBudget(BUDGET)
                .setPopulation(10)
                .setCrossover(0.5)
                .setMutation(2)
                .setMaxSamples(SAMPLES)
                .setSeed(7);
    }

    private static EvaluateSpec evaluate() {
        return EvaluateSpec.newBuilder()
                .setVersion("tenants/default/models/version/versions/1")
                .setData(PictureJobs.rows())
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setBatchSize(16)
                .setMaxLength(64)
                .setLongRows(LongRows.LONG_ROWS_REFUSE)
                .build();
    }

    private Assignment learnt(long seed) throws IOException {
        return done("train", PictureJobs.train(SIDE, 60, 0.02, seed).build(), List.of(data));
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = LAB.assign(Lab.newJob(kind), 1, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }

    private static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(file.toFile());
    }

    private static double value(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }
}
