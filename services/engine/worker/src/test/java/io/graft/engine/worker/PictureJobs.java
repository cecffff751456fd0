package io.graft.engine.worker;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.v1.DataColumns;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.NewModel;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import io.graft.v1.TrainingLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small pictures of four classes, and networks that tell them apart. */
final class PictureJobs {
    static final int CLASSES = 4;
    static final int ROWS = 120;
    static final int SIDE = 3;

    private PictureJobs() {}

    /** Noisy grey pictures with two bright pixels of their class. */
    static Path pictures(Path folder, int side) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        ByteBuffer images = ByteBuffer.allocate(16 + ROWS * side * side);
        ByteBuffer labels = ByteBuffer.allocate(8 + ROWS);
        images.putInt(0x803).putInt(ROWS).putInt(side).putInt(side);
        labels.putInt(0x801).putInt(ROWS);
        for (int row = 0; row < ROWS; row++) {
            int label = row % CLASSES;
            for (int pixel = 0; pixel < side * side; pixel++) {
                images.put((byte) (random.nextInt(60) + (pixel / 2 == label ? 190 : 0)));
            }
            labels.put((byte) label);
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve("train-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
        return folder;
    }

    static TrainingData.Builder rows() {
        return TrainingData.newBuilder()
                .setSplit("train")
                .setColumns(DataColumns.newBuilder().setImage("image").setLabel("label"))
                .addAllClasses(
                        IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList());
    }

    /** A network of one hidden layer. */
    static TrainSpec.Builder train(int side, long steps, double rate, long seed) {
        return TrainSpec.newBuilder()
                .setNewModel(NewModel.newBuilder()
                        .setConfig(Struct.newBuilder()
                                .putFields("model_type", Values.of("mlp"))
                                .putFields("architectures", Values.of(List.of(Values.of("MlpForImageClassification"))))
                                .putFields("input_size", Values.of(side * side))
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
                        .setSeed(seed));
    }
}
