package io.graft.engine.worker.training;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.LinearAdapter;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at what goes into a linear layer, and changes nothing. */
final class LayerInput implements LinearAdapter {
    private @Nullable Tensor seen;

    private LayerInput() {}

    /** Puts one on a layer without adapter. */
    static LayerInput of(Linear linear) {
        LayerInput look = new LayerInput();
        linear.setAdapter(look);
        return look;
    }

    /** What went in last. */
    Tensor seen() {
        if (seen == null) {
            throw new IllegalStateException("the layer has not been run");
        }
        return seen;
    }

    @Override
    public Tensor forward(Tensor x, Linear base) {
        seen = x;
        return base.base(x);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }
}
