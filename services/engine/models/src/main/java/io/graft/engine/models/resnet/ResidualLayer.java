package io.graft.engine.models.resnet;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Activation;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two or three convolutions beside a shortcut, which is a convolution too where sizes differ. */
record ResidualLayer(String name, @Nullable ConvNorm shortcut, List<ConvNorm> convolutions, Activation activation)
        implements Module {
    private static final long REDUCTION = 4;

    static ResidualLayer of(Weights weights, String name, ResNetConfig config, long in, long out, long stride) {
        ConvNorm shortcut =
                in == out && stride == 1 ? null : ConvNorm.of(weights, name + ".shortcut", in, out, 1, stride);
        String layer = name + ".layer.";
        List<ConvNorm> convolutions;
        if (config.bottleneck()) {
            long narrow = out / REDUCTION;
            long first = config.downsampleInBottleneck() ? stride : 1;
            convolutions = List.of(
                    ConvNorm.of(weights, layer + 0, in, narrow, 1, first),
                    ConvNorm.of(weights, layer + 1, narrow, narrow, 3, stride / first),
                    ConvNorm.of(weights, layer + 2, narrow, out, 1, 1));
        } else {
            convolutions = List.of(
                    ConvNorm.of(weights, layer + 0, in, out, 3, stride),
                    ConvNorm.of(weights, layer + 1, out, out, 3, 1));
        }
        return new ResidualLayer(name, shortcut, convolutions, config.activation());
    }

    @Override
    public List<Module> children() {
        List<Module> children = new ArrayList<>();
        if (shortcut != null) {
            children.add(shortcut);
        }
        children.addAll(convolutions);
        return children;
    }

    /** The reference's inner activations are always ReLU; the configured one comes after the sum. */
    Tensor forward(Tensor x) {
        Tensor y = x;
        for (int i = 0; i < convolutions.size(); i++) {
            y = convolutions.get(i).forward(y);
            if (i < convolutions.size() - 1) {
                y = Activation.RELU.apply(y);
            }
        }
        return activation.apply(y.add(shortcut == null ? x : shortcut.forward(x)));
    }
}
