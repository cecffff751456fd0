package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.DataColumns;
import io.graft.v1.FeatureNorm;
import io.graft.v1.FeatureNormalisation;
import io.graft.v1.FeaturePooling;
import io.graft.v1.JobFailure;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.ModelRanking;
import io.graft.v1.NewModel;
import io.graft.v1.RankSpec;
import io.graft.v1.RankedVersion;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import io.graft.v1.TransferabilityMetric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that has learnt what the target's classes differ in is put before one that has not. */
final class RankWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final int CLASSES = 4;
    private static final int SIDE = 3;
    private static final int ROWS = 120;

    @TempDir
    Path folder;

    private AssignmentInput data = AssignmentInput.getDefaultInstance();

    @BeforeEach
    void drawPictures() throws IOException {
        data = LAB.version("data", pictures("pictures", ROWS));
    }

    @Test
    void everyMetricRanksAndIsWrittenDown() throws IOException {
        RankSpec spec = rank(TransferabilityMetric.values()).setK(3).build();

        Assignment done = done("rank", spec, versions(trained(16, 80, 0.02), trained(16, 1, 1e-9)));

        AttemptCommitted committed = LAB.last(done).getCommitted();
        assertThat(committed.getRankingsList()).hasSize(5);
        assertThat(LAB.manifest(done).getRankingsList()).isEqualTo(committed.getRankingsList());
        Map<String, Double> metrics = committed.getMetricsMap();
        assertThat(metrics)
                .containsOnlyKeys(
                        "rows",
                        "classes",
                        "tmi/1",
                        "tmi/2",
                        "leep/1",
                        "leep/2",
                        "nce/1",
                        "nce/2",
                        "logme/1",
                        "logme/2",
                        "hscore/1",
                        "hscore/2")
                .containsEntry("rows", 120.0)
                .containsEntry("classes", 4.0);
        for (ModelRanking ranking : committed.getRankingsList()) {
            RankedVersion first = ranking.getVersions(0);
            assertThat(first.getScore())
                    .isGreaterThanOrEqualTo(ranking.getVersions(1).getScore());
            assertThat(first.getFeatures()).isEqualTo(16);
            if (ranking.getMetric() != TransferabilityMetric.TRANSFERABILITY_METRIC_TMI) {
                assertThat(first.getVersion()).as(ranking.getMetric().name()).isEqualTo(spec.getVersions(0));
            } else {
                assertThat(first.getClassesList()).hasSize(4).allMatch(part -> part.getRows() == 30);
                assertThat(first.getScore())
                        .isCloseTo(
                                first.getClassesList().stream()
                                        .mapToDouble(part -> part.getScore() / 4)
                                        .sum(),
                                within(1e-9));
                assertThat(first.getPublishedScore()).isCloseTo(first.getScore() / 4, within(1e-9));
            }
        }
        requireReports(done, metrics);
    }

    private void requireReports(Assignment done, Map<String, Double> metrics) throws IOException {
        assertThat(LAB.manifest(done).getFilesList())
                .extracting(ArtifactFile::getPath)
                .containsExactlyInAnyOrder("report.json", "report.html");
        Path output = LAB.fetch(done, folder.resolve("reports"));
        JsonNode report =
                new JsonMapper().readTree(output.resolve("report.json").toFile());
        assertThat(report.path("metrics").path("logme/1").asDouble())
                .isEqualTo(metrics.getOrDefault("logme/1", Double.NaN));
        assertThat(report.path("rankings").path("logme").path(0).path("version").asText())
                .isEqualTo("tenants/default/models/version-1/versions/1");
        assertThat(report.path("rankings").path("tmi").path(0).path("classes")).hasSize(4);
        assertThat(report.path("facts").path("version_1").asText()).contains("sha256:");
        assertThat(output.resolve("report.html"))
                .content()
                .contains("Ranking by LOGME", "Each class&#39;s part in TMI")
                .doesNotContain("http:", "https:", "<script");
    }

    @Test
    void rowsAreDrawnBySeedOfThoseToLearnFrom() throws IOException {
        List<AssignmentInput> inputs = versions(trained(16, 1, 1e-9), trained(16, 2, 1e-9));
        RankSpec.Builder spec =
                rank(TransferabilityMetric.TRANSFERABILITY_METRIC_HSCORE).setMaxSamples(60);
        spec.getTargetBuilder().getHoldoutBuilder().setFraction(0.25);

        double once = metric(done("rank", spec.build(), inputs), "hscore/1");
        double again = metric(done("rank", spec.build(), inputs), "hscore/1");
        Assignment other = done("rank", spec.setSeed(8).build(), inputs);

        assertThat(again).isEqualTo(once);
        assertThat(metric(other, "hscore/1")).isNotEqualTo(once);
        assertThat(metric(other, "rows")).isEqualTo(60);
        assertThat(metric(done("rank", spec.setMaxSamples(1000).build(), inputs), "rows"))
                .isEqualTo(90);
    }

    @Test
    void modelsOfOtherWidthsAreComparedByComponentsOnly() throws IOException {
        List<AssignmentInput> inputs = versions(trained(16, 1, 1e-9), trained(8, 1, 1e-9));
        RankSpec.Builder spec = rank(TransferabilityMetric.TRANSFERABILITY_METRIC_TMI);

        JobFailure failure = refused(spec.build(), inputs);

        assertThat(failure.getCode()).isEqualTo("INVALID_REQUEST");
        assertThat(failure.getMessage()).contains("has 8 columns", "has 16", "PCA");
        Assignment reduced = done(
                "rank",
                spec.setNormalise(FeatureNormalisation.FEATURE_NORMALISATION_PCA)
                        .setComponents(3)
                        .build(),
                inputs);
        assertThat(LAB.last(reduced).getCommitted().getRankings(0).getVersionsList())
                .extracting(RankedVersion::getFeatures)
                .containsExactlyInAnyOrder(16, 8);
    }

    @Test
    void classesWithTooFewRowsAreListed() throws IOException {
        data = LAB.version("data", pictures("few", 14));

        JobFailure failure = refused(
                rank(TransferabilityMetric.TRANSFERABILITY_METRIC_TMI).build(),
                versions(trained(16, 1, 1e-9), trained(16, 2, 1e-9)));

        assertThat(failure.getCode()).isEqualTo("MALFORMED_DATASET");
        assertThat(failure.getMessage()).contains("2 (3), 3 (3)").doesNotContain("0 (4)");
    }

    @Test
    void aModelWithoutNumbersIsRefused() throws IOException {
        Assignment learnt = trained(16, 1, 1e-9);
        Path broken = LAB.fetch(learnt, folder.resolve("broken"));
        Path weights = broken.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer view = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int at = 8 + (int) view.getLong(0); at < bytes.length; at += 4) {
            view.putFloat(at, Float.NaN);
        }
        Files.write(weights, bytes);

        JobFailure failure = refused(
                rank(TransferabilityMetric.TRANSFERABILITY_METRIC_LOGME).build(),
                List.of(TrainingJobs.output("version_1", learnt), LAB.version("version_2", broken), data));

        assertThat(failure.getCode()).isEqualTo("NON_FINITE_SCORES");
        assertThat(failure.getMetadataMap()).containsEntry("row", "0");
    }

    @Test
    void textsAreRankedByTheStatesOfTheirTokensAndHeadsAreRequiredWhereTheyAreAsked() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append("{\"text\": \"%s %d\", \"label\": \"%s\"}\n"
                    .formatted(i % 2 == 0 ? "zebras run" : "make a sum of", i, i % 2 == 0 ? "a" : "b"));
        }
        Path texts = TrainingJobs.written(folder.resolve("texts"), "train.jsonl", rows.toString());
        AssignmentInput sums = LAB.version("data", TrainingJobs.sums(folder.resolve("sums")));
        Assignment decoder = done("train", TrainingJobs.train("adamw", 1e-3, 1).build(), List.of(sums));
        Assignment other = done("train", TrainingJobs.train("adamw", 1e-2, 10).build(), List.of(sums));
        data = LAB.version("data", texts);
        RankSpec.Builder spec = rank(TransferabilityMetric.TRANSFERABILITY_METRIC_LOGME)
                .setPooling(FeaturePooling.FEATURE_POOLING_MEAN)
                .setTarget(TrainingData.newBuilder()
                        .setSplit("train")
                        .setColumns(DataColumns.newBuilder().setText("text").setLabel("label"))
                        .addClasses("a")
                        .addClasses("b"));

        double mean = metric(done("rank", spec.build(), versions(decoder, other)), "logme/1");
        double last = metric(
                done(
                        "rank",
                        spec.setPooling(FeaturePooling.FEATURE_POOLING_LAST).build(),
                        versions(decoder, other)),
                "logme/1");
        double inner = metric(
                done("rank", spec.setLayer("model.layers.0.mlp.down_proj").build(), versions(decoder, other)),
                "logme/1");
        assertThat(List.of(mean, last, inner)).doesNotHaveDuplicates();

        assertThat(refused(spec.setLayer("model.layers.9").build(), versions(decoder, other))
                        .getMessage())
                .contains("no linear layer 'model.layers.9'", "model.layers.0.mlp.down_proj");
        spec.clearLayer();
        assertThat(refused(
                                spec.clone()
                                        .clearMetrics()
                                        .addMetrics(TransferabilityMetric.TRANSFERABILITY_METRIC_LEEP)
                                        .build(),
                                versions(decoder, other))
                        .getMessage())
                .contains("LEEP needs the model's own classes");
        assertThat(refused(spec.setPooling(FeaturePooling.FEATURE_POOLING_HEAD).build(), versions(decoder, other))
                        .getMessage())
                .contains("no trained head");
    }

    private static RankSpec.Builder rank(TransferabilityMetric... metrics) {
        RankSpec.Builder spec = RankSpec.newBuilder()
                .addVersions("tenants/default/models/version-1/versions/1")
                .addVersions("tenants/default/models/version-2/versions/1")
                .setTarget(rows())
                .setPooling(FeaturePooling.FEATURE_POOLING_HEAD)
                .setK(3)
                .setMinDist(1e-6)
                .setNorm(FeatureNorm.FEATURE_NORM_MAX)
                .setNormalise(FeatureNormalisation.FEATURE_NORMALISATION_NONE)
                .setMaxSamples(2000)
                .setSeed(1)
                .setBatchSize(16)
                .setMaxLength(64)
                .setLongRows(LongRows.LONG_ROWS_TRUNCATE);
        for (TransferabilityMetric metric : metrics) {
            if (metric != TransferabilityMetric.UNRECOGNIZED
                    && metric != TransferabilityMetric.TRANSFERABILITY_METRIC_UNSPECIFIED) {
                spec.addMetrics(metric);
            }
        }
        return spec;
    }

    private static TrainingData.Builder rows() {
        return TrainingData.newBuilder()
                .setSplit("train")
                .setColumns(DataColumns.newBuilder().setImage("image").setLabel("label"))
                .addAllClasses(
                        IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList());
    }

    private List<AssignmentInput> versions(Assignment... trained) {
        List<AssignmentInput> inputs = new ArrayList<>();
        for (int i = 0; i < trained.length; i++) {
            inputs.add(TrainingJobs.output("version_" + (i + 1), trained[i]).toBuilder()
                    .setVersion("tenants/default/models/version-" + (i + 1) + "/versions/1")
                    .build());
        }
        inputs.add(data);
        return inputs;
    }

    private Assignment trained(int width, long steps, double rate) throws IOException {
        return done(
                "train",
                TrainSpec.newBuilder()
                        .setNewModel(NewModel.newBuilder()
                                .setConfig(Struct.newBuilder()
                                        .putFields("model_type", Values.of("mlp"))
                                        .putFields(
                                                "architectures",
                                                Values.of(List.of(Values.of("MlpForImageClassification"))))
                                        .putFields("input_size", Values.of(SIDE * SIDE))
                                        .putFields("hidden_size", Values.of(width))))
                        .setOutputModel("tenants/default/models/small")
                        .setData(rows())
                        .setObjective(MethodChoice.newBuilder().setName("classification"))
                        .setLoop(TrainingLoop.newBuilder()
                                .setOptimizer(MethodChoice.newBuilder()
                                        .setName("adamw")
                                        .setParams(Struct.newBuilder().putFields("lr", Values.of(rate))))
                                .setSchedule(MethodChoice.newBuilder().setName("constant"))
                                .setMaxSteps(steps)
                                .setBatchSize(16)
                                .setGradientAccumulation(1)
                                .setMaxGradNorm(1)
                                .setMaxLength(64)
                                .setLongRows(LongRows.LONG_ROWS_REFUSE)
                                .setCheckpointEverySteps(100)
                                .setLogEverySteps(50)
                                .setSeed(3))
                        .build(),
                List.of(data));
    }

    /** Noisy pictures with two bright pixels of their class. */
    private Path pictures(String name, int count) throws IOException {
        Path rows = Files.createDirectories(folder.resolve(name));
        SplittableRandom random = new SplittableRandom(name.hashCode());
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
        labels.putInt(0x801).putInt(count);
        for (int row = 0; row < count; row++) {
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                images.put((byte) (random.nextInt(60) + (pixel / 2 == row % CLASSES ? 190 : 0)));
            }
            labels.put((byte) (row % CLASSES));
        }
        Files.write(rows.resolve("train-images-idx3-ubyte"), images.array());
        Files.write(rows.resolve("train-labels-idx1-ubyte"), labels.array());
        return rows;
    }

    private JobFailure refused(RankSpec spec, List<AssignmentInput> inputs) throws IOException {
        Assignment refused = LAB.assign(Lab.newJob("rank"), 1, spec, inputs);
        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);
        return LAB.last(refused).getFailed();
    }

    private static double metric(Assignment done, String name) {
        return LAB.last(done).getCommitted().getMetricsOrDefault(name, Double.NaN);
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = LAB.assign(Lab.newJob(kind), 1, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }
}
