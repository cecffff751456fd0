package io.graft.engine.methods.peft;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Linear;
import io.graft.engine.tensors.nn.Module;
import io.graft.engine.tensors.nn.Parameter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The smallest model: one linear layer called {@code proj}. */
record OneLinear(Linear linear) implements Module {
    static OneLinear of(Torch torch, double[][] weight, double @Nullable [] bias) {
        return new OneLinear(new Linear(
                "proj",
                new Parameter("proj.weight", matrix(torch, weight), true),
                bias == null
                        ? null
                        : new Parameter(
                                "proj.bias",
                                matrix(torch, new double[][] {bias}).squeeze(0),
                                true)));
    }

    static Tensor matrix(Torch torch, double[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[0].length; column++) {
                values[row * rows[0].length + column] = (float) rows[row][column];
            }
        }
        return torch.root().keep(Tensors.of(torch, values, rows.length, rows[0].length));
    }

    BaseModel base() {
        return new BaseModel(this, "llama", Set.of(), null, null);
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public List<? extends Module> children() {
        return List.of(linear);
    }
}
