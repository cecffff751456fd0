package io.graft.engine.training.task;

/** How one row that is measured on came out. */
public sealed interface RowOutcome {
    /** Position among the rows that are measured on, from 0. */
    int row();

    /** Negative log-likelihood in nats: of the label, of the partner, or of all learnt tokens together. */
    double loss();

    /**
     * Of a row with a label.
     *
     * @param label index of the true label
     * @param probabilities of each label; not copied and not to be changed
     */
    record Labelled(int row, double loss, int label, double[] probabilities) implements RowOutcome {
        /** Whether the most probable label, the first of equals, is the true one. */
        public boolean isRight() {
            int best = 0;
            for (int i = 1; i < probabilities.length; i++) {
                if (probabilities[i] > probabilities[best]) {
                    best = i;
                }
            }
            return best == label;
        }
    }

    /**
     * Of a text whose tokens are predicted.
     *
     * @param targets how many tokens were; may be none
     */
    record Predicted(int row, double loss, long targets) implements RowOutcome {}

    /**
     * Of a text that looks for its own among the batch's.
     *
     * @param isRight whether its own was nearest
     */
    record Matched(int row, double loss, boolean isRight) implements RowOutcome {}
}
