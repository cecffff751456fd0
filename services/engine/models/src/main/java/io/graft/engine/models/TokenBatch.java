package io.graft.engine.models;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Token ids of several sequences, all [batch, length] of type I64.
 *
 * @param mask 1 for tokens, 0 for padding; null when there is none
 * @param types 0 for the first text, 1 for the second of a pair; null for all 0
 * @param segments for packed sequences: equal numbers see each other; null when a row is one sequence
 * @param positions places in the sequence; null for 0, 1, 2, ...
 * @param rightPadded whether all padding comes after the tokens, which spares decoders the mask
 */
public record TokenBatch(
        Tensor ids,
        @Nullable Tensor mask,
        @Nullable Tensor types,
        @Nullable Tensor segments,
        @Nullable Tensor positions,
        boolean rightPadded) {
    /** Sequences without padding. */
    public static TokenBatch of(Tensor ids) {
        return new TokenBatch(ids, null, null, null, null, true);
    }

    /** Sequences with padding anywhere. */
    public static TokenBatch of(Tensor ids, @Nullable Tensor mask, @Nullable Tensor types) {
        return new TokenBatch(ids, mask, types, null, null, mask == null);
    }

    /**
     * Rows of different lengths, padded on the right to the longest.
     *
     * @param types as {@code rows}, or null
     */
    public static TokenBatch padded(Torch torch, int[][] rows, int @Nullable [][] types, int padding) {
        int longest = Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
        long[] ids = new long[rows.length * longest];
        long[] mask = new long[ids.length];
        long[] kinds = new long[ids.length];
        boolean full = true;
        for (int r = 0; r < rows.length; r++) {
            full &= rows[r].length == longest;
            for (int c = 0; c < longest; c++) {
                boolean token = c < rows[r].length;
                ids[r * longest + c] = token ? rows[r][c] : padding;
                mask[r * longest + c] = token ? 1 : 0;
                kinds[r * longest + c] = token && types != null ? types[r][c] : 0;
            }
        }
        return new TokenBatch(
                Tensors.of(torch, ids, rows.length, longest),
                full ? null : Tensors.of(torch, mask, rows.length, longest),
                types == null ? null : Tensors.of(torch, kinds, rows.length, longest),
                null,
                null,
                true);
    }

    /** Number of sequences. */
    public long size() {
        return ids.size(0);
    }

    /** Positions of a row, padding included. */
    public long length() {
        return ids.size(1);
    }
}
