package io.graft.engine.metrics.robustness;

/**
 * What an attack on one input came to.
 *
 * @param success whether another class became more likely than the true one
 * @param queries how often the model was asked
 * @param margin probability of the true class less the highest other, the lowest that was found
 * @param found the input with that margin
 * @param largestChange of any value
 * @param euclideanChange over all values
 */
public record AttackResult(
        boolean success, int queries, double margin, float[] found, double largestChange, double euclideanChange) {
    public AttackResult {
        found = found.clone();
    }

    /** The input with the lowest margin; a copy. */
    @Override
    public float[] found() {
        return found.clone();
    }
}
