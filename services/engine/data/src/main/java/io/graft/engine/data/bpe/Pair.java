package io.graft.engine.data.bpe;

import java.util.Comparator;

/** Two tokens side by side. */
record Pair(int left, int right) implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
            Comparator.comparingInt(Pair::left).thenComparingInt(Pair::right);

    @Override
    public int compareTo(Pair other) {
        return ORDER.compare(this, other);
    }
}
