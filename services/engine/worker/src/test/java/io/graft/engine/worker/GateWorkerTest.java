package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
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
import io.graft.v1.EmbeddingNeighbours;
import io.graft.v1.EmbeddingProbe;
import io.graft.v1.EmbeddingTask;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.FailureReason;
import io.graft.v1.GateDecision;
import io.graft.v1.GateFinding;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import io.graft.v1.GateVerdict;
import io.graft.v1.JobFailure;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.NewModel;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that has learnt is let past one that has not, and not the other way round. */
final class GateWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final int CLASSES = 4;
    private static final int ROWS = 120;
    private static final int SIDE = 3;

    @TempDir
    Path folder;

    private AssignmentInput data = AssignmentInput.getDefaultInstance();

    @BeforeEach
    void drawPictures() throws IOException {
        data = LAB.version(
                "data", pictures("pictures", IntStream.range(0, CLASSES).toArray()));
    }

    @Test
    void aGainPassesAndIsWrittenDown() throws IOException {
        Assignment done = done(
                evaluate().setGate(rule().setMinEffect(0)),
                List.of(TrainingJobs.output("version", learnt()), TrainingJobs.output("against", fresh()), data));

        AttemptCommitted committed = LAB.last(done).getCommitted();
        GateVerdict verdict = committed.getGate();
        assertThat(verdict.getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(verdict.getCandidate()).isGreaterThan(0.95);
        assertThat(verdict.getDifference()).isCloseTo(verdict.getCandidate() - verdict.getBaseline(), within(1e-12));
        assertThat(verdict.getInterval().getLow()).isBetween(0.0, verdict.getDifference());
        assertThat(verdict.getInterval().getLevel()).isCloseTo(0.9, within(1e-12));
        assertThat(verdict.getPValue()).isLessThan(0.05);
        assertThat(verdict.getExamples()).isEqualTo(ROWS);
        assertThat(verdict.getFindingsList()).singleElement().satisfies(finding -> {
            assertThat(finding.getCondition()).isEqualTo("min_effect");
            assertThat(finding.getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        });
        Map<String, Double> metrics = committed.getMetricsMap();
        assertThat(metrics)
                .containsEntry("accuracy", verdict.getCandidate())
                .containsEntry("baseline_accuracy", verdict.getBaseline())
                .containsKeys("loss", "baseline_loss", "rows", "gained", "forgotten")
                .doesNotContainKey("baseline_rows");
        assertThat((value(metrics, "gained") - value(metrics, "forgotten")) / ROWS)
                .isCloseTo(verdict.getDifference(), within(1e-12));
        assertThat(LAB.manifest(done).getGate()).isEqualTo(verdict);
        assertThat(committed.getReport()).isEqualTo("report.html");
        requireReports(done, metrics);
    }

    private void requireReports(Assignment done, Map<String, Double> metrics) throws IOException {
        assertThat(LAB.manifest(done).getFilesList())
                .extracting(ArtifactFile::getPath)
                .containsExactlyInAnyOrder("report.json", "report.html");
        Path output = LAB.fetch(done, folder.resolve("reports"));
        JsonNode report =
                new JsonMapper().readTree(output.resolve("report.json").toFile());
        assertThat(report.path("gate").path("verdict").asText()).isEqualTo("PASS");
        assertThat(report.path("facts").path("against").asText()).contains("sha256:");
        assertThat(report.path("metrics").path("accuracy").asDouble()).isEqualTo(value(metrics, "accuracy"));
        assertThat(report.path("examples")).hasSize(ROWS);
        JsonNode first = report.path("examples").path(0);
        assertThat(first.path("row").asInt()).isZero();
        assertThat(first.path("label").asText()).isEqualTo("0");
        assertThat(first.path("candidate").path("prediction").asText()).isEqualTo("0");
        assertThat(first.path("candidate").path("accuracy").asDouble()).isEqualTo(1);
        assertThat(first.path("baseline").has("loss")).isTrue();
        assertThat(output.resolve("report.html"))
                .content()
                .contains(
                        "<p class=\"verdict pass\">PASS</p>",
                        "Gain over the baseline",
                        "Calibration",
                        "F1 of each class")
                .doesNotContain("http:", "https:", "<script");
    }

    @Test
    void aRegressionFails() throws IOException {
        Assignment done = done(
                evaluate().setGate(rule().setMaxRegression(0.03)),
                List.of(TrainingJobs.output("version", fresh()), TrainingJobs.output("against", learnt()), data));

        GateVerdict verdict = LAB.last(done).getCommitted().getGate();
        assertThat(verdict.getDecision()).isEqualTo(GateDecision.GATE_DECISION_FAIL);
        assertThat(verdict.getInterval().getHigh()).isLessThan(-0.03);
        assertThat(verdict.getReason()).contains("max_regression", "is broken");
    }

    @Test
    void aFewRowsDecideNothing() throws IOException {
        EvaluateSpec.Builder few = evaluate().setGate(rule().setMinEffect(0));
        few.getDataBuilder().setMaxRows(3);

        Assignment done = done(
                few, List.of(TrainingJobs.output("version", learnt()), TrainingJobs.output("against", fresh()), data));

        GateVerdict verdict = LAB.last(done).getCommitted().getGate();
        assertThat(verdict.getDecision()).isEqualTo(GateDecision.GATE_DECISION_INCONCLUSIVE);
        assertThat(verdict.getExamples()).isEqualTo(3);
    }

    @Test
    void whatIsLostInASubsetIsNotMadeUpForElsewhere() throws IOException {
        AssignmentInput most = TrainingJobs.output("version", learnt(0, 1, 2));
        AssignmentInput last = TrainingJobs.output("against", learnt(3));
        GateRule.Builder rule = rule().setMinEffect(0).setMaxRegression(0.05);
        GateVerdict all = gate(rule, most, last);
        GateVerdict parts =
                gate(rule.addSubsets(subset("lost", "3")).addSubsets(subset("gained", "0", "1", "2")), most, last);

        assertThat(all.getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(parts.getDecision()).isEqualTo(GateDecision.GATE_DECISION_FAIL);
        assertThat(parts.getDifference()).isEqualTo(all.getDifference());
        assertThat(parts.getFindingsList())
                .extracting(GateFinding::getCondition, GateFinding::getSubset, GateFinding::getExamples)
                .containsExactly(
                        tuple("min_effect", "", 120L),
                        tuple("max_regression", "", 120L),
                        tuple("min_effect", "lost", 30L),
                        tuple("max_regression", "lost", 30L),
                        tuple("min_effect", "gained", 90L),
                        tuple("max_regression", "gained", 90L));
        assertThat(parts.getFindingsList())
                .allMatch(finding -> (finding.getDecision() == GateDecision.GATE_DECISION_FAIL)
                        == finding.getSubset().equals("lost"));
    }

    @Test
    void aSubsetOfFewRowsDecidesNothingAndOneOfNoneIsRefused() throws IOException {
        AssignmentInput better = TrainingJobs.output("version", learnt());
        AssignmentInput worse = TrainingJobs.output("against", fresh());
        EvaluateSpec.Builder spec = evaluate().setGate(rule().setMinEffect(0).addSubsets(subset("last", "3")));
        spec.getDataBuilder().setMaxRows(ROWS / CLASSES).getHoldoutBuilder().setFraction(0.5);

        Assignment few = done(spec, List.of(better, worse, data));

        GateVerdict verdict = LAB.last(few).getCommitted().getGate();
        assertThat(verdict.getExamples()).isEqualTo(15);
        assertThat(verdict.getFindings(1).getSubset()).isEqualTo("last");
        assertThat(verdict.getFindings(1).getExamples()).isBetween(1L, 7L);
        Path page = LAB.fetch(few, folder.resolve("few")).resolve("report.html");
        assertThat(page).content().contains("<td>last</td>");

        spec.getDataBuilder().clearHoldout().setMaxRows(CLASSES - 1);
        Assignment none = assign("evaluate", spec.build(), List.of(better, worse, data));

        assertThat(LAB.run(none, folder)).isEqualTo(ExitCode.USER_FAULT);
        assertThat(LAB.last(none).getFailed().getCode()).isEqualTo("MALFORMED_DATASET");
        assertThat(LAB.last(none).getFailed().getMessage())
                .contains("None of the 3 rows that are measured on belongs to the subset last");
    }

    private GateVerdict gate(GateRule.Builder rule, AssignmentInput candidate, AssignmentInput baseline)
            throws IOException {
        return LAB.last(done(evaluate().setGate(rule), List.of(candidate, baseline, data)))
                .getCommitted()
                .getGate();
    }

    private static GateSubset subset(String name, String... labels) {
        return GateSubset.newBuilder()
                .setName(name)
                .setColumn("label")
                .addAllValues(List.of(labels))
                .build();
    }

    @Test
    void lossIsDecidedOnToo() throws IOException {
        Assignment done = done(
                evaluate().setGate(rule().setMetric("loss").setMinEffect(0.1).setMinAbs(0.5)),
                List.of(TrainingJobs.output("version", learnt()), TrainingJobs.output("against", fresh()), data));

        GateVerdict verdict = LAB.last(done).getCommitted().getGate();
        assertThat(verdict.getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(verdict.getDifference())
                .as("above 0 is better")
                .isCloseTo(verdict.getBaseline() - verdict.getCandidate(), within(1e-12));
        assertThat(verdict.hasPValue()).isFalse();
        assertThat(verdict.getFindingsCount()).isEqualTo(2);
    }

    @Test
    void classesAndProbabilitiesAreDecidedOnToo() throws IOException {
        List<AssignmentInput> inputs =
                List.of(TrainingJobs.output("version", learnt()), TrainingJobs.output("against", fresh()), data);

        for (String metric : List.of("f1_macro", "brier")) {
            Assignment done = done(evaluate().setGate(rule().setMetric(metric).setMinEffect(0.05)), inputs);

            AttemptCommitted committed = LAB.last(done).getCommitted();
            Map<String, Double> metrics = committed.getMetricsMap();
            assertThat(committed.getGate().getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
            assertThat(committed.getGate().getCandidate()).isCloseTo(value(metrics, metric), within(1e-12));
            assertThat(committed.getGate().getBaseline())
                    .isCloseTo(value(metrics, "baseline_" + metric), within(1e-12));
            assertThat(value(metrics, "f1_micro")).isEqualTo(value(metrics, "accuracy"));
            assertThat(value(metrics, "auc")).isBetween(value(metrics, "baseline_auc"), 1.0);
            assertThat(metrics).containsKeys("ece", "mce", "ace", "baseline_ece", "baseline_mce", "baseline_ace");
        }
    }

    @Test
    void whatTheHeadSeesOfPicturesIsClassified() throws IOException {
        AssignmentInput version = TrainingJobs.output("version", learnt());
        for (EmbeddingTask.Builder task : List.of(
                EmbeddingTask.newBuilder().setProbe(EmbeddingProbe.newBuilder().setL2(1e-3)),
                EmbeddingTask.newBuilder()
                        .setNeighbours(EmbeddingNeighbours.newBuilder().setK(5).setTemperature(0.07)))) {
            EvaluateSpec.Builder spec = evaluate().clearObjective().setEmbedding(task);
            spec.getDataBuilder().getHoldoutBuilder().setFraction(0.25);

            Assignment done = done(spec, List.of(version, data));

            assertThat(LAB.last(done).getCommitted().getMetricsMap())
                    .containsEntry("rows", ROWS / 4.0)
                    .hasEntrySatisfying(
                            "accuracy", accuracy -> assertThat(accuracy).isGreaterThan(0.9));
        }
    }

    @Test
    void aModelWithoutNumbersNeverPasses() throws IOException {
        Assignment learnt = learnt();
        AssignmentInput sound = TrainingJobs.output("version", learnt);
        Path broken = LAB.fetch(learnt, folder.resolve("broken"));
        fillWithNaN(broken.resolve("model.safetensors"));
        AssignmentInput damaged = LAB.version("against", broken);

        for (List<AssignmentInput> inputs :
                List.of(List.of(sound, damaged, data), List.of(as("version", damaged), as("against", sound), data))) {
            Assignment refused = assign(
                    "evaluate", evaluate().setGate(rule().setMaxRegression(1)).build(), inputs);

            assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);

            JobFailure failure = LAB.last(refused).getFailed();
            assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_DATA);
            assertThat(failure.getCode()).isEqualTo("NON_FINITE_SCORES");
            assertThat(failure.getMetadataMap()).containsEntry("row", "0");
            assertThat(LAB.outputs(refused)).doesNotContain("manifest.json");
        }
    }

    @Test
    void tokensOfOtherTokenizersAreNotCompared() throws IOException {
        AssignmentInput sums = LAB.version("data", TrainingJobs.sums(folder.resolve("sums")));
        AssignmentInput words = LAB.version(
                "data",
                TrainingJobs.written(
                        folder.resolve("words"),
                        "train.jsonl",
                        "{\"prompt\": \"zebra zebra \", \"completion\": \"zebra zebra\"}\n".repeat(10)));
        TrainSpec decoder = TrainingJobs.train("adamw", 1e-3, 1).build();
        Assignment one = done("train", decoder, List.of(sums));
        Assignment other = done("train", decoder, List.of(words));

        Assignment refused = assign(
                "evaluate",
                TrainingJobs.evaluate(),
                List.of(TrainingJobs.output("version", one), TrainingJobs.output("against", other), words));

        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);
        assertThat(LAB.last(refused).getFailed().getCode()).isEqualTo("NOT_COMPARABLE");
        assertThat(LAB.last(refused).getFailed().getMessage()).contains("share a tokenizer");
    }

    private static double value(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }

    private static GateRule.Builder rule() {
        return GateRule.newBuilder().setMetric("accuracy").setAlpha(0.05);
    }

    private static EvaluateSpec.Builder evaluate() {
        return EvaluateSpec.newBuilder()
                .setVersion("tenants/default/models/version/versions/1")
                .setData(rows())
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setBatchSize(16)
                .setMaxLength(64)
                .setLongRows(LongRows.LONG_ROWS_REFUSE);
    }

    private static TrainingData.Builder rows() {
        return TrainingData.newBuilder()
                .setSplit("train")
                .setColumns(DataColumns.newBuilder().setImage("image").setLabel("label"))
                .addAllClasses(
                        IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList());
    }

    private Assignment learnt() throws IOException {
        return trained(data, 80, 0.02);
    }

    /** Has seen these classes only. */
    private Assignment learnt(int... labels) throws IOException {
        return trained(LAB.version("data", pictures("some" + labels.length, labels)), 80, 0.02);
    }

    private Assignment fresh() throws IOException {
        return trained(data, 1, 1e-9);
    }

    private Assignment trained(AssignmentInput on, long steps, double rate) throws IOException {
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
                                        .putFields("hidden_size", Values.of(16))))
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
                List.of(on));
    }

    /** Noisy pictures with two bright pixels of their class. */
    private Path pictures(String name, int... classes) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        DataOutputStream imageHead = new DataOutputStream(images);
        for (int number : new int[] {0x803, ROWS, SIDE, SIDE}) {
            imageHead.writeInt(number);
        }
        new DataOutputStream(labels).writeLong(0x801L << 32 | ROWS);
        for (int row = 0; row < ROWS; row++) {
            int label = classes[row % classes.length];
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                images.write(random.nextInt(60) + (pixel / 2 == label ? 190 : 0));
            }
            labels.write(label);
        }
        Path drawn = Files.createDirectories(folder.resolve(name));
        Files.write(drawn.resolve("train-images-idx3-ubyte"), images.toByteArray());
        Files.write(drawn.resolve("train-labels-idx1-ubyte"), labels.toByteArray());
        return drawn;
    }

    private static void fillWithNaN(Path safetensors) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 8 + (int) bytes.getLong(0); at < bytes.capacity(); at += Float.BYTES) {
            bytes.putFloat(at, Float.NaN);
        }
        Files.write(safetensors, bytes.array());
    }

    private static AssignmentInput as(String role, AssignmentInput input) {
        return input.toBuilder().setRole(role).build();
    }

    private static Assignment assign(String kind, Message spec, List<AssignmentInput> inputs) {
        return LAB.assign(Lab.newJob(kind), 1, spec, inputs);
    }

    private Assignment done(EvaluateSpec.Builder spec, List<AssignmentInput> inputs) throws IOException {
        return done("evaluate", spec.build(), inputs);
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = assign(kind, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }
}
