package io.graft.engine.methods.pruning;

import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.pruning.Rows;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.tensors.nn.NewWeights;
import java.util.Arrays;
import java.util.Map;

/** How well a linear layer tells the target's classes from frozen features, scaled as on the target's training rows. */
final class LinearProbe {
    private static final int STEPS = 300;
    private static final double RATE = 0.01;
    private static final double DECAY = 0.1;

    private final Torch torch;

    LinearProbe(Torch torch) {
        this.torch = torch;
    }

    double accuracy(Rows train, LabelledRows trained, Rows test, LabelledRows tested) {
        try (Scope home = torch.scope()) {
            Tensor features = tensor(train, trained.count());
            Tensor mean = features.mean(0, true);
            Tensor scale = features.sub(mean).pow(2).mean(0, true).sqrt().add(1e-6);
            Linear linear =
                    Linear.of(new NewWeights(home), "probe", train.width(), trained.classes(), true, Init.zeros());
            Optimizer optimizer = OptimizerMethod.choose(
                    "adamw",
                    Map.of("lr", RATE, "weight_decay", DECAY),
                    ParameterGroup.of(linear.trainableParameters()),
                    home);
            Tensor input = features.sub(mean).div(scale);
            Tensor labels = Tensors.of(torch, trained.labels(), trained.count());
            for (int step = 0; step < STEPS; step++) {
                try (Scope scope = torch.scope()) {
                    Tensor loss = Losses.crossEntropy(linear.forward(input), labels, 0);
                    optimizer.step(RATE, Gradients.of(loss, optimizer.tensors()));
                }
            }
            long[] predicted = torch.withoutGradients(() -> linear.forward(
                                    tensor(test, tested.count()).sub(mean).div(scale))
                            .argmax(1))
                    .toLongs();
            return Arrays.stream(rightOnes(predicted, tested.labels()))
                    .average()
                    .orElseThrow();
        }
    }

    private static double[] rightOnes(long[] predicted, int[] labels) {
        double[] right = new double[labels.length];
        Arrays.setAll(right, row -> predicted[row] == labels[row] ? 1 : 0);
        return right;
    }

    private Tensor tensor(Rows rows, int count) {
        float[] flat = new float[count * rows.width()];
        rows.read((index, row) -> System.arraycopy(row, 0, flat, index * row.length, row.length));
        return Tensors.of(torch, flat, count, rows.width());
    }
}
