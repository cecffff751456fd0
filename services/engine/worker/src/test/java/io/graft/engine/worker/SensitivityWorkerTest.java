package io.graft.engine.worker;

import static io.graft.engine.worker.PictureJobs.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Message;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptReported;
import io.graft.v1.DataColumns;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.RateSweep;
import io.graft.v1.SensitivitySpec;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loss of networks that were registered is bent, and their training tried with several rates. */
@Timeout(300)
final class SensitivityWorkerTest {
    private static final Lab LAB = Lab.get();

    @TempDir
    Path folder;

    private AssignmentInput data = AssignmentInput.getDefaultInstance();

    @BeforeEach
    void draw() throws IOException {
        data = LAB.version("data", PictureJobs.pictures(folder.resolve("pictures"), SIDE));
    }

    @Test
    void ratesAreComparedAndWrittenDown() throws IOException {
        Assignment done = done("sensitivity", spec(sweep("sgd", 1e-4, 1e3, 8)), List.of(version(5), data));

        Map<String, Double> metrics = LAB.last(done).getCommitted().getMetricsMap();
        assertThat(value(metrics, "sharpness")).isPositive();
        assertThat(value(metrics, "sharpness_converged")).isEqualTo(1);
        assertThat(value(metrics, "stable_learning_rate")).isCloseTo(2 / value(metrics, "sharpness"), within(1e-12));
        assertThat(value(metrics, "best_loss")).isLessThan(0.8 * value(metrics, "initial_loss"));
        assertThat(value(metrics, "best_learning_rate"))
                .as("neither the least nor the greatest is best")
                .isBetween(1e-3, 1e2);
        assertThat(LAB.manifest(done).getFilesList())
                .extracting(ArtifactFile::getPath)
                .containsExactlyInAnyOrder("report.json", "report.html");
        Path output = LAB.fetch(done, folder.resolve("reports"));
        JsonNode report = json(output.resolve("report.json"));
        assertThat(report.path("rates")).hasSize(8);
        double initial = value(metrics, "initial_loss");
        double sum = 0;
        for (JsonNode rate : report.path("rates")) {
            double loss = rate.path("diverged").asBoolean()
                    ? initial
                    : rate.path("loss").asDouble();
            sum += Math.min(loss, initial) - value(metrics, "best_loss");
        }
        assertThat(value(metrics, "learning_rate_sensitivity")).isCloseTo(sum / 8, within(1e-9));
        assertThat(value(metrics, "learning_rate_sensitivity")).isPositive();
        assertThat(report.path("facts").path("Hessian").asText()).contains("differentiating twice");
        assertThat(output.resolve("report.html"))
                .content()
                .contains("Loss over learning rate", "<polyline")
                .doesNotContain("http:", "https:", "<script");
    }

    @Test
    void theSameJobGivesTheSameNumbersAndHoldsRowsBack() throws IOException {
        SensitivitySpec.Builder held = spec(sweep("adamw", 1e-3, 1e-1, 2)).toBuilder();
        held.getDataBuilder().getHoldoutBuilder().setFraction(0.25);
        List<AssignmentInput> inputs = List.of(version(5), data);

        Map<String, Double> one = LAB.last(done("sensitivity", held.build(), inputs))
                .getCommitted()
                .getMetricsMap();
        Map<String, Double> same = LAB.last(done("sensitivity", held.build(), inputs))
                .getCommitted()
                .getMetricsMap();
        Map<String, Double> all = LAB.last(done(
                        "sensitivity", held.clone().setData(PictureJobs.rows()).build(), inputs))
                .getCommitted()
                .getMetricsMap();

        assertThat(same).isEqualTo(one);
        assertThat(value(all, "initial_loss")).isNotEqualTo(value(one, "initial_loss"));
    }

    @Test
    void aModelOfTextsTellsRatesAndNoSharpness() throws IOException {
        AssignmentInput sums = LAB.version("data", TrainingJobs.sums(folder.resolve("sums")));
        Assignment decoder = done("train", TrainingJobs.train("adamw", 1e-3, 2).build(), List.of(sums));
        SensitivitySpec spec = spec(sweep("adamw", 1e-4, 1e-2, 2)).toBuilder()
                .setObjective(MethodChoice.newBuilder().setName("causal_lm"))
                .setData(TrainingData.newBuilder()
                        .setColumns(DataColumns.newBuilder().setPrompt("prompt").setCompletion("completion")))
                .setHessianRows(8)
                .setMaxIterations(30)
                .build();

        Assignment done = done("sensitivity", spec, List.of(TrainingJobs.output("version", decoder), sums));

        Map<String, Double> metrics = LAB.last(done).getCommitted().getMetricsMap();
        assertThat(metrics).doesNotContainKeys("sharpness", "stable_learning_rate");
        assertThat(value(metrics, "initial_loss"))
                .as("280 tokens, hardly trained")
                .isBetween(4.0, 7.0);
        assertThat(value(metrics, "best_loss")).isLessThan(value(metrics, "initial_loss"));
        assertThat(json(LAB.fetch(done, folder.resolve("reports")).resolve("report.json"))
                        .path("facts")
                        .path("Hessian")
                        .asText())
                .contains("not taken");
    }

    @Test
    void askedToLeaveItLeavesBetweenTwoSteps() throws IOException {
        SensitivitySpec endless =
                spec(sweep("sgd", 1e-5, 1e-4, 50).toBuilder().setSteps(10_000).build());
        AssignmentInput version = version(1);
        Assignment assignment = LAB.assign(Lab.newJob("sensitivity"), 1, endless, List.of(version, data));
        StopSignal stop = new StopSignal();
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            CompletableFuture<ExitCode> running = CompletableFuture.supplyAsync(() -> run(assignment, stop), worker);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> LAB.reports(assignment).stream().anyMatch(SensitivityWorkerTest::isSweeping));

            stop.request();

            await().atMost(Duration.ofSeconds(30)).until(running::isDone);
            assertThat(running.join()).isEqualTo(ExitCode.TERMINATED);
        }
        assertThat(LAB.outputs(assignment)).isEmpty();
    }

    private static boolean isSweeping(AttemptReported report) {
        return report.hasProgress() && report.getProgress().getStage().equals("sweep");
    }

    private ExitCode run(Assignment assignment, StopSignal stop) {
        try {
            return LAB.run(assignment, folder, stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RateSweep sweep(String optimizer, double least, double greatest, int points) {
        return RateSweep.newBuilder()
                .setMinRate(least)
                .setMaxRate(greatest)
                .setPoints(points)
                .setSteps(20)
                .setOptimizer(MethodChoice.newBuilder().setName(optimizer))
                .setMaxGradNorm(0)
                .build();
    }

    private static SensitivitySpec spec(RateSweep sweep) {
        return SensitivitySpec.newBuilder()
                .setVersion("tenants/default/models/version/versions/1")
                .setData(PictureJobs.rows())
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setHessianRows(64)
                .setMaxIterations(200)
                .setSweep(sweep)
                .setBatchSize(16)
                .setMaxLength(32)
                .setLongRows(LongRows.LONG_ROWS_REFUSE)
                .setSeed(3)
                .build();
    }

    private AssignmentInput version(long steps) throws IOException {
        return TrainingJobs.output(
                "version", done("train", PictureJobs.train(SIDE, steps, 0.01, 1).build(), List.of(data)));
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
