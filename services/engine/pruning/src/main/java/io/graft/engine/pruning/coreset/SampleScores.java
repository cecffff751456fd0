package io.graft.engine.pruning.coreset;

import io.graft.engine.pruning.KeptSamples;
import java.util.Arrays;
import java.util.BitSet;

/** One number a sample, and the samples in its order. */
final class SampleScores {
    private final float[] scores;

    /** Not copied. Every score is zero or greater, and finite. */
    SampleScores(float[] scores) {
        this.scores = scores;
    }

    /** Samples from place {@code from} up to before place {@code to} in ascending order; of equal ones the first comes first. */
    KeptSamples between(int from, int to) {
        long[] order = new long[scores.length];
        for (int sample = 0; sample < order.length; sample++) {
            // The bits of a float that is not negative are ordered as the float is.
            order[sample] = (long) Float.floatToIntBits(scores[sample] + 0f) << Integer.SIZE | sample;
        }
        Arrays.sort(order);
        BitSet kept = new BitSet(order.length);
        for (int place = from; place < to; place++) {
            kept.set((int) order[place]);
        }
        return new KeptSamples(kept, order.length);
    }
}
