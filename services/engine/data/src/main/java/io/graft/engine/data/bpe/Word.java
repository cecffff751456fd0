package io.graft.engine.data.bpe;

import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/** A word as tokens, which merges shorten, and how often it comes. */
final class Word {
    private final long count;
    private int[] tokens;

    Word(int[] tokens, long count) {
        this.tokens = tokens;
        this.count = count;
    }

    long count() {
        return count;
    }

    int size() {
        return tokens.length;
    }

    Pair pair(int at) {
        return new Pair(tokens[at], tokens[at + 1]);
    }

    /**
     * Puts one token for each occurrence of a pair, from the left.
     *
     * @param changes is told each pair beside an occurrence that went (-1) or came (+1)
     */
    void merge(Pair pair, int merged, ObjIntConsumer<Pair> changes) {
        int[] kept = new int[tokens.length];
        int size = 0;
        int i = 0;
        while (i < tokens.length) {
            if (i + 1 == tokens.length || tokens[i] != pair.left() || tokens[i + 1] != pair.right()) {
                kept[size++] = tokens[i++];
                continue;
            }
            if (size > 0) {
                changes.accept(new Pair(kept[size - 1], pair.left()), -1);
                changes.accept(new Pair(kept[size - 1], merged), 1);
            }
            if (i + 2 < tokens.length) {
                changes.accept(new Pair(pair.right(), tokens[i + 2]), -1);
                changes.accept(new Pair(merged, tokens[i + 2]), 1);
            }
            kept[size++] = merged;
            i += 2;
        }
        tokens = Arrays.copyOf(kept, size);
    }
}
