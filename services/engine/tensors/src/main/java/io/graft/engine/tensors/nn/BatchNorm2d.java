package io.graft.engine.tensors.nn;

import io.graft.engine.tensors.Tensor;
import java.util.List;

/** Ioffe and Szegedy 2015, as torch.nn.BatchNorm2d with momentum 0.1. Starts in evaluation mode. */
public final class BatchNorm2d implements Module {
    private static final double MOMENTUM = 0.1;

    private final String name;
    private final Parameter weight;
    private final Parameter bias;
    private final Parameter mean;
    private final Parameter variance;
    private final double epsilon;
    private boolean training;

    private BatchNorm2d(String name, Weights weights, long channels, double epsilon) {
        this.name = name;
        this.weight = weights.parameter(name + ".weight", Init.ones(), channels);
        this.bias = weights.parameter(name + ".bias", Init.zeros(), channels);
        this.mean = weights.buffer(name + ".running_mean", Init.zeros(), channels);
        this.variance = weights.buffer(name + ".running_var", Init.ones(), channels);
        this.epsilon = epsilon;
    }

    public static BatchNorm2d of(Weights weights, String name, long channels, double epsilon) {
        return new BatchNorm2d(name, weights, channels, epsilon);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void training(boolean on) {
        training = on;
    }

    /** Normalises with the batch's statistics in training, which also moves the running ones. */
    public Tensor forward(Tensor x) {
        return Functional.library(x)
                .tensor(
                        "batch_norm",
                        x,
                        weight.value(),
                        bias.value(),
                        mean.value(),
                        variance.value(),
                        training,
                        MOMENTUM,
                        epsilon);
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias);
    }

    @Override
    public List<Parameter> ownBuffers() {
        return List.of(mean, variance);
    }
}
