package io.graft.engine.data;

import io.graft.engine.data.Example.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins sequences in their order and cuts them into rows of one length, so that no place is padding. The last row is
 * shorter; one with nothing to learn is left out. Not thread-safe.
 */
final class Packing {
    private final int length;
    private final List<Example> packed = new ArrayList<>();
    private final int[] ids;
    private final int[] labels;
    private int filled;

    Packing(int length) {
        this.length = length;
        this.ids = new int[length];
        this.labels = new int[length];
    }

    void add(TokenSequence sequence) {
        int from = 0;
        while (from < sequence.ids().length) {
            int count = Math.min(length - filled, sequence.ids().length - from);
            System.arraycopy(sequence.ids(), from, ids, filled, count);
            System.arraycopy(sequence.labels(), from, labels, filled, count);
            filled += count;
            from += count;
            if (filled == length) {
                flush();
            }
        }
    }

    private void flush() {
        TokenSequence row = new TokenSequence(Arrays.copyOf(ids, filled), Arrays.copyOf(labels, filled));
        filled = 0;
        if (Sequences.teaches(row)) {
            packed.add(row);
        }
    }

    /** All rows, the last one included. */
    List<Example> rows() {
        flush();
        return List.copyOf(packed);
    }
}
