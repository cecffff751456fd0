package io.graft.engine.pruning.mapping;

/** Probabilities of logits. */
final class Softmax {
    private Softmax() {}

    /** The place of the greatest number, the first of several. */
    static int argmax(float[] row) {
        int best = 0;
        for (int each = 1; each < row.length; each++) {
            if (row[each] > row[best]) {
                best = each;
            }
        }
        return best;
    }

    /** Writes the probabilities, which sum to one, into {@code into}. */
    static void probabilities(float[] logits, float greatest, double[] into) {
        double sum = 0;
        for (int each = 0; each < logits.length; each++) {
            into[each] = Math.exp(logits[each] - greatest);
            sum += into[each];
        }
        for (int each = 0; each < logits.length; each++) {
            into[each] /= sum;
        }
    }
}
