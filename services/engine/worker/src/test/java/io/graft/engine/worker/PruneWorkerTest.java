package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.datasets.Dataset;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.DataColumns;
import io.graft.v1.Holdout;
import io.graft.v1.JobFailure;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.NewModel;
import io.graft.v1.PruneSpec;
import io.graft.v1.PruneVerification;
import io.graft.v1.SurrogateCost;
import io.graft.v1.TieBreak;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A surrogate is trained, a data set pruned with it for a target, and a model trained on what is left. */
final class PruneWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final int CLASSES = 6;
    private static final int SIDE = 4;

    @TempDir
    Path folder;

    @Test
    void whatMapsToTheTargetIsKeptAndCanBeTrainedOn() throws IOException {
        AssignmentInput source = LAB.version("source", pictures("source", 20, Set.of(0, 1, 2, 3, 4, 5)));
        AssignmentInput target = LAB.version("target", pictures("target", 6, Set.of(1, 4)));
        Assignment trained = done("train", train(CLASSES), List.of(as("data", source)));
        AssignmentInput surrogate = TrainingJobs.output("surrogate", trained);

        Assignment pruned = done(
                "prune",
                prune("label_mapping")
                        .setKeepClasses(2)
                        .setSurrogateCost(
                                SurrogateCost.newBuilder().setTrainingShare(0.5).setTargets(5))
                        .build(),
                List.of(source, target, surrogate));

        assertThat(LAB.last(pruned).getCommitted().getKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED);
        Path output = LAB.fetch(pruned, folder.resolve("pruned"));
        assertThat(labels(output)).containsExactly(1, 4);
        assertThat(LAB.last(pruned).getCommitted().getMetricsMap())
                .containsEntry("rows", 120.0)
                .containsEntry("kept_rows", 40.0)
                .containsEntry("expected_speed_up", 3.0)
                .containsEntry("zero_score_classes", 4.0)
                .containsEntry("kept_zero_score_classes", 0.0)
                .containsEntry("coverage", 1.0)
                .hasEntrySatisfying(
                        "net_speed_up", value -> assertThat(value).isCloseTo(1 / (0.1 + 1 / 3.0), within(1e-9)))
                .containsKey("scoring_seconds");
        JsonNode manifest = new JsonMapper()
                .readTree(output.resolve("pruning/manifest.json").toFile());
        assertThat(manifest.path("kept_rows_sha256").asText())
                .isEqualTo(ContentDigest.sha256(Files.readAllBytes(output.resolve("pruning/kept-rows"))));
        assertThat(manifest.path("classes").get(4).path("name").asText()).isEqualTo("4");
        assertThat(manifest.path("classes").get(4).path("votes").asInt()).isEqualTo(6);
        assertThat(manifest.path("inputs").path("source").path("digest").asText())
                .isEqualTo(source.getDigest());

        assertThat(LAB.last(pruned).getCommitted().getReport()).isEqualTo("pruning/report.html");
        assertThat(output.resolve("pruning/report.html"))
                .content()
                .contains("40 of 120 rows stay", "come from 2 of 6 classes", "training is 2.31 times cheaper")
                .contains("100.0 % of the target&#39;s votes went to what stays")
                .contains(
                        "Votes of the target&#39;s rows", "left out: 4 of 6", "Left out: 4 classes", source.getDigest())
                .doesNotContain("http:", "https:", "<script");

        Assignment model = done("train", train(CLASSES), List.of(TrainingJobs.output("data", pruned)));
        assertThat(LAB.last(model).getCommitted().getMetricsMap()).containsEntry("steps", 80.0);
    }

    @Test
    void everyMethodPrunes() throws IOException {
        AssignmentInput source = LAB.version("source", pictures("source", 20, Set.of(0, 1, 2, 3, 4, 5)));
        AssignmentInput target = LAB.version("target", pictures("target", 6, Set.of(1, 4)));
        Assignment trained = done("train", train(CLASSES), List.of(as("data", source)));
        AssignmentInput surrogate = TrainingJobs.output("surrogate", trained);

        Assignment clusters = done(
                "prune",
                prune("feature_mapping", Map.of("clusters", Values.of(6), "prototypes", Values.of("kmeans")))
                        .setPruneRatio(0.5)
                        .build(),
                List.of(source, target, surrogate));
        Path ofClusters = LAB.fetch(clusters, folder.resolve("clusters"));
        assertThat(labels(ofClusters)).contains(1, 4);
        assertThat(ofClusters.resolve("pruning/report.html")).content().contains("of 6 clusters", "cluster 5");

        Assignment moderate =
                done("prune", prune("moderate").clearTarget().setPruneRatio(0.5).build(), List.of(source, surrogate));
        assertThat(metric(moderate, "kept_rows")).isEqualTo(60);
        assertThat(LAB.fetch(moderate, folder.resolve("moderate")).resolve("pruning/report.html"))
                .content()
                .contains("Rows that stay of each class", " of 20)");

        Assignment hard = done(
                "prune",
                prune("gradient_norm").clearTarget().setPruneRatio(0.25).build(),
                List.of(source, surrogate));
        assertThat(metric(hard, "kept_rows")).isEqualTo(90);

        Assignment random =
                done("prune", prune("random").clearTarget().setKeepClasses(3).build(), List.of(source));
        assertThat(metric(random, "kept_rows")).isEqualTo(60);
        Assignment again =
                done("prune", prune("random").clearTarget().setKeepClasses(3).build(), List.of(source));
        assertThat(LAB.manifest(again).getDigest())
                .isEqualTo(LAB.manifest(random).getDigest());
    }

    @Test
    void aSurrogateOfOtherClassesIsRefused() throws IOException {
        AssignmentInput source = LAB.version("source", pictures("source", 20, Set.of(0, 1, 2, 3, 4, 5)));
        Assignment trained = done(
                "train", train(3), List.of(as("data", LAB.version("data", pictures("three", 20, Set.of(0, 1, 2))))));
        Assignment refused = assign(
                "prune",
                prune("label_mapping").setKeepClasses(2).build(),
                List.of(source, as("target", source), TrainingJobs.output("surrogate", trained)));

        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);

        JobFailure failure = LAB.last(refused).getFailed();
        assertThat(failure.getCode()).isEqualTo("ARCHITECTURE_MISMATCH");
        assertThat(failure.getMessage()).contains("predicts 3 classes, but the source has 6", "3, 4, 5");
    }

    @Test
    void rowsOfATestFileAreALeak() throws IOException {
        AssignmentInput source = LAB.version("source", pictures("source", 20, Set.of(0, 1, 2, 3, 4, 5)));
        Path mixed = pictures("mixed", 5, Set.of(1));
        for (String part : List.of("images-idx3-ubyte", "labels-idx1-ubyte")) {
            Files.copy(mixed.resolve("train-" + part), mixed.resolve("test-" + part));
        }
        Assignment trained = done("train", train(CLASSES), List.of(as("data", source)));
        PruneSpec.Builder spec = prune("label_mapping").setKeepClasses(2);
        spec.getTargetBuilder().clearSplit();
        Assignment refused = assign(
                "prune",
                spec.build(),
                List.of(source, LAB.version("target", mixed), TrainingJobs.output("surrogate", trained)));

        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);

        assertThat(LAB.last(refused).getFailed().getMessage()).contains("5 rows of the target's test split");
    }

    @Test
    void whatStaysIsComparedWithEverythingAndWithChance() throws IOException {
        AssignmentInput source = LAB.version("source", pictures("source", 20, Set.of(0, 1, 2, 3, 4, 5)));
        AssignmentInput target = LAB.version("target", pictures("target", 12, Set.of(1, 4)));
        AssignmentInput surrogate =
                TrainingJobs.output("surrogate", done("train", train(CLASSES), List.of(as("data", source))));
        PruneSpec.Builder spec =
                prune("label_mapping").setKeepClasses(2).setVerify(verify(0, 1).addRatios(0.5));
        spec.getTargetBuilder().setHoldout(half());
        spec.getVerifyBuilder().getTargetBuilder().setHoldout(half());

        Assignment pruned = done("prune", spec.build(), List.of(source, target, surrogate));

        assertThat(metric(pruned, "verify_full")).isGreaterThan(0.9);
        assertThat(metric(pruned, "verify_lossless"))
                .isEqualTo(metric(pruned, "verify_pruned") >= metric(pruned, "verify_full") - 0.05 ? 1 : 0);
        assertThat(LAB.last(pruned).getCommitted().getMetricsMap())
                .containsKeys("verify_random", "verify_lossless_ratio", "verify_seconds");
        Path output = LAB.fetch(pruned, folder.resolve("verified"));
        JsonNode arms = new JsonMapper()
                .readTree(output.resolve("pruning/manifest.json").toFile())
                .path("verification")
                .path("arms");
        assertThat(arms).hasSize(4);
        assertThat(arms.findValuesAsText("name")).containsExactly("full", "pruned", "random", "ratio 0.5");
        assertThat(arms.findValuesAsText("rows")).containsExactly("120", "40", "40", "60");
        assertThat(arms.findValuesAsText("steps")).containsExactly("60", "20", "20", "30");
        assertThat(arms.path(1).path("accuracies")).hasSize(2);
        assertThat(output.resolve("pruning/report.html"))
                .content()
                .contains("Is what stays enough?", "as many by chance", "<th scope=\"col\">seed 1</th>");
        Assignment again = done("prune", spec.build(), List.of(source, target, surrogate));
        assertThat(LAB.last(again).getCommitted().getMetricsOrDefault("verify_random", Double.NaN))
                .as("the same seeds give the same")
                .isEqualTo(metric(pruned, "verify_random"));
    }

    @Test
    void aVerificationMayMeasureOnTheTestSplitButNeverOnVoters() throws IOException {
        AssignmentInput source = LAB.version("source", pictures("source", 20, Set.of(0, 1, 2, 3, 4, 5)));
        Path rows = pictures("target", 6, Set.of(1, 4));
        Path tested = pictures("tested", 8, Set.of(1, 4));
        for (String part : List.of("images-idx3-ubyte", "labels-idx1-ubyte")) {
            Files.copy(tested.resolve("train-" + part), rows.resolve("test-" + part));
        }
        AssignmentInput target = LAB.version("target", rows);
        AssignmentInput surrogate =
                TrainingJobs.output("surrogate", done("train", train(CLASSES), List.of(as("data", source))));
        PruneSpec.Builder spec = prune("label_mapping").setKeepClasses(2).setVerify(verify(0));
        spec.getVerifyBuilder()
                .getTargetBuilder()
                .setHoldout(Holdout.newBuilder().setSplit("test"));

        Assignment sound = done("prune", spec.build(), List.of(source, target, surrogate));

        assertThat(metric(sound, "verify_full") * 16)
                .as("a share of the 16 rows of the test split")
                .isCloseTo(Math.rint(metric(sound, "verify_full") * 16), within(1e-9));

        spec.getVerifyBuilder().getTargetBuilder().setHoldout(half());
        requireLeak(
                spec, List.of(source, target, surrogate), "6 rows that the verification measures on guide the pruning");
        spec.getVerifyBuilder()
                .getTargetBuilder()
                .setHoldout(Holdout.newBuilder().setSplit("train"));
        requireLeak(
                spec, List.of(source, target, surrogate), "12 rows that the verification measures on are learnt from");
    }

    private void requireLeak(PruneSpec.Builder spec, List<AssignmentInput> inputs, String message) throws IOException {
        Assignment refused = assign("prune", spec.build(), inputs);

        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);
        assertThat(LAB.last(refused).getFailed().getMessage()).contains(message);
    }

    private static Holdout half() {
        return Holdout.newBuilder().setFraction(0.5).build();
    }

    private static PruneVerification.Builder verify(long... seeds) {
        PruneVerification.Builder verify = PruneVerification.newBuilder()
                .setLoop(train(CLASSES).getLoop().toBuilder().clearSeed().setMaxSteps(60))
                .setTarget(TrainingData.newBuilder()
                        .setSplit("train")
                        .setColumns(DataColumns.newBuilder().setImage("image").setLabel("label"))
                        .addAllClasses(List.of("1", "4")))
                .setTolerance(0.05);
        for (long seed : seeds) {
            verify.addSeeds(seed);
        }
        return verify;
    }

    private static PruneSpec.Builder prune(String method) {
        return prune(method, Map.of());
    }

    private static PruneSpec.Builder prune(String method, Map<String, com.google.protobuf.Value> params) {
        return PruneSpec.newBuilder()
                .setSource(data(CLASSES))
                .setTarget(TrainingData.newBuilder()
                        .setSplit("train")
                        .setColumns(DataColumns.newBuilder().setImage("image")))
                .setMethod(MethodChoice.newBuilder()
                        .setName(method)
                        .setParams(Struct.newBuilder().putAllFields(params)))
                .setTies(TieBreak.TIE_BREAK_SOFT_PROB)
                .setSeed(1)
                .setBatchSize(16)
                .setMaxLength(64)
                .setLongRows(LongRows.LONG_ROWS_TRUNCATE);
    }

    private static TrainingData.Builder data(int classes) {
        return TrainingData.newBuilder()
                .setSplit("train")
                .setColumns(DataColumns.newBuilder().setImage("image").setLabel("label"))
                .addAllClasses(
                        IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    private static TrainSpec train(int classes) {
        return TrainSpec.newBuilder()
                .setNewModel(NewModel.newBuilder()
                        .setConfig(Struct.newBuilder()
                                .putFields("model_type", Values.of("mlp"))
                                .putFields("architectures", Values.of(List.of(Values.of("MlpForImageClassification"))))
                                .putFields("input_size", Values.of(SIDE * SIDE))
                                .putFields("hidden_size", Values.of(16))))
                .setOutputModel("tenants/default/models/small")
                .setData(data(classes))
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setLoop(TrainingLoop.newBuilder()
                        .setOptimizer(MethodChoice.newBuilder()
                                .setName("adamw")
                                .setParams(Struct.newBuilder().putFields("lr", Values.of(0.02))))
                        .setSchedule(MethodChoice.newBuilder().setName("constant"))
                        .setMaxSteps(80)
                        .setBatchSize(16)
                        .setGradientAccumulation(1)
                        .setMaxGradNorm(1)
                        .setMaxLength(64)
                        .setLongRows(LongRows.LONG_ROWS_REFUSE)
                        .setCheckpointEverySteps(100)
                        .setLogEverySteps(50)
                        .setSeed(3))
                .build();
    }

    /** Noisy pictures with two bright pixels of their class. */
    private Path pictures(String name, int each, Set<Integer> classes) throws IOException {
        Path rows = Files.createDirectories(folder.resolve(name));
        SplittableRandom random = new SplittableRandom(name.hashCode());
        try (DataOutputStream images =
                        new DataOutputStream(Files.newOutputStream(rows.resolve("train-images-idx3-ubyte")));
                DataOutputStream labels =
                        new DataOutputStream(Files.newOutputStream(rows.resolve("train-labels-idx1-ubyte")))) {
            images.writeInt(0x803);
            labels.writeInt(0x801);
            images.writeInt(each * classes.size());
            labels.writeInt(each * classes.size());
            images.writeInt(SIDE);
            images.writeInt(SIDE);
            for (int row = 0; row < each; row++) {
                for (int label : new TreeSet<>(classes)) {
                    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                        boolean bright = pixel == 2 * label || pixel == 2 * label + 1;
                        images.writeByte(random.nextInt(60) + (bright ? 190 : 0));
                    }
                    labels.writeByte(label);
                }
            }
        }
        return rows;
    }

    private static TreeSet<Integer> labels(Path output) throws IOException {
        TreeSet<Integer> labels = new TreeSet<>();
        try (RowCursor rows = Dataset.ofFolder(output).part("train").rows(RowProblems.none())) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                labels.add((int) ((Value.Whole) row.value("label")).number());
            }
        }
        return labels;
    }

    private static AssignmentInput as(String role, AssignmentInput input) {
        return input.toBuilder().setRole(role).build();
    }

    private static double metric(Assignment assignment, String name) {
        return LAB.last(assignment).getCommitted().getMetricsOrDefault(name, Double.NaN);
    }

    private static Assignment assign(String kind, Message spec, List<AssignmentInput> inputs) {
        return LAB.assign(Lab.newJob(kind), 1, spec, inputs);
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = assign(kind, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }
}
