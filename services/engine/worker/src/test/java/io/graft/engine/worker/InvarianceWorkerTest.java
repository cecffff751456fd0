package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.DataColumns;
import io.graft.v1.FeaturePooling;
import io.graft.v1.InvarianceCell;
import io.graft.v1.InvarianceMatrix;
import io.graft.v1.InvarianceMetric;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.JobFailure;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.NewModel;
import io.graft.v1.PictureChange;
import io.graft.v1.PictureTransform;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network is measured for what it does not tell apart. */
final class InvarianceWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final int SIDE = 4;
    private static final int ROWS = 60;

    @TempDir
    Path folder;

    private AssignmentInput data = AssignmentInput.getDefaultInstance();
    private AssignmentInput version = AssignmentInput.getDefaultInstance();

    @BeforeEach
    void train() throws IOException {
        data = LAB.version("data", pictures("pictures", ROWS, false));
        version = TrainingJobs.output("version", done("train", network(), List.of(data)));
    }

    @Test
    void smallChangesMatterLessThanLargeOnesAndAllIsWrittenDown() throws IOException {
        InvarianceSpec.Builder spec = invariance();
        for (PictureChange change : PictureChange.values()) {
            if (change != PictureChange.UNRECOGNIZED && change != PictureChange.PICTURE_CHANGE_UNSPECIFIED) {
                double range = change == PictureChange.PICTURE_CHANGE_SHIFT ? 1 : 0.3;
                spec.addTransforms(transform(change, range));
            }
        }

        Assignment done = done("invariance", spec.build(), List.of(version, data));

        InvarianceMatrix matrix = LAB.last(done).getCommitted().getInvariance();
        assertThat(LAB.manifest(done).getInvariance()).isEqualTo(matrix);
        assertThat(matrix.getCellsList()).hasSize(7).allSatisfy(cell -> {
            assertThat(cell.getInterval().getLow()).isLessThanOrEqualTo(cell.getValue());
            assertThat(cell.getInterval().getHigh()).isGreaterThanOrEqualTo(cell.getValue());
            assertThat(cell.getInterval().getLevel()).isEqualTo(0.95);
        });
        double shift = value(matrix, PictureChange.PICTURE_CHANGE_SHIFT);
        double slight = value(matrix, PictureChange.PICTURE_CHANGE_ROTATION);
        assertThat(shift).isGreaterThan(5 * slight);
        assertThat(LAB.last(done).getCommitted().getMetricsMap())
                .containsEntry("rows", (double) ROWS)
                .containsEntry("shift", shift)
                .hasSize(8);
        Path output = LAB.fetch(done, folder.resolve("reports"));
        JsonNode report =
                new JsonMapper().readTree(output.resolve("report.json").toFile());
        assertThat(report.path("cells")).hasSize(7);
        assertThat(report.path("metrics").path("shift").asDouble()).isEqualTo(shift);
        assertThat(output.resolve("report.html"))
                .content()
                .contains("Invariance by l2", "shift")
                .doesNotContain("http:", "https:", "<script");
    }

    @Test
    void layersAndMetricsAreChosenAndDrawsRepeat() throws IOException {
        InvarianceSpec.Builder spec = invariance()
                .addTransforms(transform(PictureChange.PICTURE_CHANGE_SHIFT, 1))
                .addLayers("layers.0")
                .addLayers("classifier")
                .setPooling(FeaturePooling.FEATURE_POOLING_MEAN)
                .setN(40);

        Assignment once = done("invariance", spec.build(), List.of(version, data));
        Assignment again = done("invariance", spec.build(), List.of(version, data));
        Assignment other = done("invariance", spec.clone().setSeedB(7).build(), List.of(version, data));
        InvarianceMatrix matrix = LAB.last(once).getCommitted().getInvariance();
        assertThat(matrix.getCellsList())
                .extracting(InvarianceCell::getLayer)
                .containsExactly("layers.0", "classifier");
        assertThat(LAB.last(again).getCommitted().getInvariance()).isEqualTo(matrix);
        assertThat(LAB.last(other).getCommitted().getInvariance()).isNotEqualTo(matrix);
        assertThat(LAB.last(once).getCommitted().getMetricsMap())
                .containsOnlyKeys("rows", "shift/layers.0", "shift/classifier")
                .containsEntry("rows", 40.0);
        for (InvarianceMetric metric : List.of(
                InvarianceMetric.INVARIANCE_METRIC_COS,
                InvarianceMetric.INVARIANCE_METRIC_DOTPROD,
                InvarianceMetric.INVARIANCE_METRIC_CKA)) {
            Assignment done = done("invariance", spec.setMetric(metric).build(), List.of(version, data));
            InvarianceCell cell = LAB.last(done).getCommitted().getInvariance().getCells(0);
            assertThat(cell.getValue()).isNotEqualTo(matrix.getCells(0).getValue());
            assertThat(cell.getInterval().getHigh())
                    .isGreaterThan(cell.getInterval().getLow());
        }
        assertThat(refused(spec.addLayers("layers.9").build(), data).getMessage())
                .contains("no linear layer 'layers.9'", "layers.0");
    }

    @Test
    void whatSaysNothingIsRefused() throws IOException {
        InvarianceSpec spec = invariance()
                .addTransforms(transform(PictureChange.PICTURE_CHANGE_FLIP, 0.5))
                .build();

        AssignmentInput blank = LAB.version("data", pictures("blank", 10, true));
        assertThat(refused(spec, blank).getMessage()).contains("same representation");
        AssignmentInput single = LAB.version("data", pictures("single", 1, false));
        assertThat(refused(spec, single).getMessage()).contains("has 1 row");
    }

    private static InvarianceSpec.Builder invariance() {
        return InvarianceSpec.newBuilder()
                .setVersion("tenants/default/models/version/versions/1")
                .setData(TrainingData.newBuilder()
                        .setSplit("train")
                        .setColumns(DataColumns.newBuilder().setImage("image")))
                .setMetric(InvarianceMetric.INVARIANCE_METRIC_L2)
                .setPooling(FeaturePooling.FEATURE_POOLING_HEAD)
                .setN(1000)
                .setSeedA(0)
                .setSeedB(1)
                .setBatchSize(16);
    }

    private static PictureTransform transform(PictureChange change, double range) {
        return PictureTransform.newBuilder().setChange(change).setRange(range).build();
    }

    private static double value(InvarianceMatrix matrix, PictureChange change) {
        return matrix.getCellsList().stream()
                .filter(cell -> cell.getChange() == change)
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static TrainSpec network() {
        return TrainSpec.newBuilder()
                .setNewModel(NewModel.newBuilder()
                        .setConfig(Struct.newBuilder()
                                .putFields("model_type", Values.of("mlp"))
                                .putFields("architectures", Values.of(List.of(Values.of("MlpForImageClassification"))))
                                .putFields("input_size", Values.of(SIDE * SIDE))
                                .putFields("hidden_size", Values.of(16))))
                .setOutputModel("tenants/default/models/small")
                .setData(TrainingData.newBuilder()
                        .setSplit("train")
                        .setColumns(DataColumns.newBuilder().setImage("image").setLabel("label"))
                        .addClasses("0")
                        .addClasses("1"))
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setLoop(TrainingLoop.newBuilder()
                        .setOptimizer(MethodChoice.newBuilder()
                                .setName("adamw")
                                .setParams(Struct.newBuilder().putFields("lr", Values.of(0.02))))
                        .setSchedule(MethodChoice.newBuilder().setName("constant"))
                        .setMaxSteps(20)
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

    private Path pictures(String name, int count, boolean blank) throws IOException {
        Path rows = Files.createDirectories(folder.resolve(name));
        SplittableRandom random = new SplittableRandom(name.hashCode());
        ByteBuffer images = ByteBuffer.allocate(16 + count * SIDE * SIDE);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        images.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
        labels.putInt(0x801).putInt(count);
        for (int row = 0; row < count; row++) {
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                images.put((byte) (blank ? 0 : random.nextInt(256)));
            }
            labels.put((byte) (row % 2));
        }
        Files.write(rows.resolve("train-images-idx3-ubyte"), images.array());
        Files.write(rows.resolve("train-labels-idx1-ubyte"), labels.array());
        return rows;
    }

    private JobFailure refused(InvarianceSpec spec, AssignmentInput rows) throws IOException {
        Assignment refused = LAB.assign(Lab.newJob("invariance"), 1, spec, List.of(version, rows));
        assertThat(LAB.run(refused, folder)).isEqualTo(ExitCode.USER_FAULT);
        return LAB.last(refused).getFailed();
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = LAB.assign(Lab.newJob(kind), 1, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }
}
