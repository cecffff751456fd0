package io.graft.engine.models.llama;

import io.graft.engine.models.TokenBatch;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.TensorException;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Attention;
import org.jspecify.annotations.Nullable;

/** Cosines and sines of positions, computed when first needed; the table lives with the model. */
final class RotaryTable {
    private static final int LEAST = 64;

    private final float[] frequencies;
    private final long most;
    private final Tensor home;
    private @Nullable Tensor cos;
    private @Nullable Tensor sin;

    /** @param home a parameter of the model */
    RotaryTable(LlamaConfig config, Tensor home) {
        this.frequencies = config.rotary().frequencies(Math.toIntExact(config.headSize()));
        this.most = config.positions();
        this.home = home;
    }

    /** For a batch: of its positions if it has some, else of the first ones. */
    Attention.Rotation of(TokenBatch batch) {
        Tensor positions = batch.positions();
        if (positions == null) {
            return of(0, batch.length());
        }
        Attention.Rotation whole = of(0, batch.length());
        Tensor flat = positions.reshape(-1);
        return new Attention.Rotation(picked(whole.cos(), flat, batch), picked(whole.sin(), flat, batch));
    }

    private static Tensor picked(Tensor table, Tensor positions, TokenBatch batch) {
        return table.indexSelect(0, positions).reshape(batch.size(), batch.length(), table.size(1));
    }

    /** For {@code length} positions from {@code start} on. */
    Attention.Rotation of(long start, long length) {
        if (start + length > most) {
            throw TensorException.operator(
                    "A sequence of " + (start + length) + " tokens does not fit the model's " + most + " positions");
        }
        Tensor cosines = cos;
        Tensor sines = sin;
        if (cosines == null || sines == null || cosines.size(0) < start + length) {
            if (cosines != null && sines != null) {
                cosines.close();
                sines.close();
            }
            long rows = Math.min(most, Math.max(LEAST, 2 * (start + length)));
            cosines = table(rows, true);
            sines = table(rows, false);
            cos = cosines;
            sin = sines;
        }
        return new Attention.Rotation(cosines.slice(0, start, start + length), sines.slice(0, start, start + length));
    }

    private Tensor table(long rows, boolean cosine) {
        int pairs = frequencies.length;
        int width = 2 * pairs;
        float[] values = new float[Math.toIntExact(rows * width)];
        for (int at = 0; at < values.length; at++) {
            int position = at / width;
            int column = at % width;
            // The reference multiplies in single precision.
            float angle = (float) position * frequencies[column % pairs];
            double value = cosine ? Math.cos(angle) : column < pairs ? -Math.sin(angle) : Math.sin(angle);
            values[at] = (float) value;
        }
        Torch torch = home.torch();
        try (Scope scope = torch.scope()) {
            return Tensors.of(torch, values, rows, width).livingWith(home);
        }
    }
}
