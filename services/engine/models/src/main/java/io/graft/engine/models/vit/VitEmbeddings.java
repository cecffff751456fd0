package io.graft.engine.models.vit;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorException;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.nn.Conv2d;
import io.graft.engine.tensors.nn.Dropout;
import io.graft.engine.tensors.nn.Init;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.engine.tensors.nn.Weights;
import java.util.Arrays;
import java.util.List;

/** Projected patches after a learnt first token, with learnt positions. */
final class VitEmbeddings implements Module {
    private final String name;
    private final VitConfig config;
    private final Parameter first;
    private final Parameter positions;
    private final Conv2d projection;
    private final Dropout dropout;

    VitEmbeddings(Weights weights, String name, VitConfig config) {
        this.name = name;
        this.config = config;
        Init init = new Init.TruncatedNormal(config.initializerRange());
        this.first = weights.parameter(name + ".cls_token", init, 1, 1, config.hidden());
        this.positions =
                weights.parameter(name + ".position_embeddings", init, 1, config.patches() + 1, config.hidden());
        String patches = name + ".patch_embeddings.projection";
        long patch = config.patchSize();
        this.projection = new Conv2d(
                patches,
                weights.parameter(patches + ".weight", init, config.hidden(), config.channels(), patch, patch),
                weights.parameter(patches + ".bias", Init.zeros(), config.hidden()),
                patch,
                0);
        this.dropout = new Dropout(name + ".dropout", config.hiddenDropout());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(first, positions);
    }

    @Override
    public List<Module> children() {
        return List.of(projection, dropout);
    }

    Tensor forward(Tensor pixels) {
        long size = config.imageSize();
        if (pixels.rank() != 4
                || pixels.size(1) != config.channels()
                || pixels.size(2) != size
                || pixels.size(3) != size) {
            throw TensorException.operator("Images must have the shape [batch, " + config.channels() + ", " + size
                    + ", " + size + "], not " + Arrays.toString(pixels.shape()));
        }
        long batch = pixels.size(0);
        Tensor patches =
                projection.forward(pixels).reshape(batch, config.hidden(), -1).transpose(1, 2);
        Tensor start = Tensors.shaped("expand", first.value(), new long[] {batch, 1, config.hidden()});
        return dropout.forward(Tensors.concat(List.of(start, patches), 1).add(positions.value()));
    }
}
