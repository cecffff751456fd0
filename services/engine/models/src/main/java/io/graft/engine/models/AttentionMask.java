package io.graft.engine.models;

import io.graft.engine.tensors.DType;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import org.jspecify.annotations.Nullable;

/** Who sees whom in a batch, as a BOOL mask that broadcasts to [batch, heads, queries, keys]. */
public final class AttentionMask {
    private AttentionMask() {}

    /** For encoders: every token of the same segment; null when all see all. */
    public static @Nullable Tensor both(TokenBatch batch) {
        Tensor mask = batch.mask() == null
                ? null
                : batch.mask().to(DType.BOOL).unsqueeze(1).unsqueeze(1);
        Tensor segments = sameSegment(batch);
        if (segments == null) {
            return mask;
        }
        return mask == null ? segments : seeingItself(and(segments, mask), batch);
    }

    /** For decoders: tokens of the same segment up to the own one; null when the plain causal order says it all. */
    public static @Nullable Tensor causal(TokenBatch batch) {
        Tensor segments = sameSegment(batch);
        boolean padded = batch.mask() != null && !batch.rightPadded();
        if (segments == null && !padded) {
            return null;
        }
        Torch torch = batch.ids().torch();
        Tensor ones = Tensors.full(torch, DType.BOOL, 1, batch.length(), batch.length());
        Tensor mask = Tensors.shaped("tril", ones, 0);
        if (segments != null) {
            mask = and(mask, segments);
        }
        if (padded && batch.mask() != null) {
            mask = and(mask, batch.mask().to(DType.BOOL).unsqueeze(1).unsqueeze(1));
        }
        return seeingItself(mask, batch);
    }

    /** Padding sees itself, for a row that sees nothing is not a number and would spread. */
    private static Tensor seeingItself(Tensor mask, TokenBatch batch) {
        Tensor itself = Tensors.eye(mask.torch(), DType.BOOL, batch.length());
        return Tensors.arithmetic("logical_or", mask, itself);
    }

    private static @Nullable Tensor sameSegment(TokenBatch batch) {
        Tensor segments = batch.segments();
        if (segments == null) {
            return null;
        }
        return Tensors.arithmetic("eq", segments.unsqueeze(2), segments.unsqueeze(1))
                .unsqueeze(1);
    }

    private static Tensor and(Tensor x, Tensor y) {
        return Tensors.arithmetic("logical_and", x, y);
    }
}
