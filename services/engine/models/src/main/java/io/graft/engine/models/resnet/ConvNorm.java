package io.graft.engine.models.resnet;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.BatchNorm2d;
import io.graft.engine.tensors.nn.Conv2d;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.List;

/** A convolution without bias and a batch norm. */
record ConvNorm(String name, Conv2d convolution, BatchNorm2d normalization) implements Module {
    private static final double EPSILON = 1e-5;

    static ConvNorm of(Weights weights, String name, long in, long out, long kernel, long stride) {
        String convolution = name + ".convolution";
        Init init = Init.kaimingNormal(out * kernel * kernel);
        return new ConvNorm(
                name,
                new Conv2d(
                        convolution,
                        weights.parameter(convolution + ".weight", init, out, in, kernel, kernel),
                        null,
                        stride,
                        kernel / 2),
                BatchNorm2d.of(weights, name + ".normalization", out, EPSILON));
    }

    @Override
    public List<Module> children() {
        return List.of(convolution, normalization);
    }

    Tensor forward(Tensor x) {
        return normalization.forward(convolution.forward(x));
    }
}
