package io.graft.engine.pruning;

/**
 * Rows of numbers of equal width that are too many to be held, such as logits or features of every sample of a data set.
 * Some methods read them several times, so that each reading must give the same rows in the same order.
 */
public interface Rows {
    /** Numbers in a row. */
    int width();

    /**
     * Gives every row to the visitor, the first sample's first.
     *
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    void read(Visitor visitor);

    /** Takes rows. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes a row.
         *
         * @param index of the sample, from 0
         * @param row may be overwritten after the call: copy what must stay
         */
        void row(int index, float[] row);
    }
}
