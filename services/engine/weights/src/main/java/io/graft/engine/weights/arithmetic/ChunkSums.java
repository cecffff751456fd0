package io.graft.engine.weights.arithmetic;

/**
 * Statistics of some elements; d = tuned - base, g = target - base.
 *
 * @param deltaSquares sum of d squared
 * @param baseSquares sum of base squared
 * @param gapSquares sum of g squared
 * @param products sum of d times g
 * @param largestDelta largest magnitude of d
 * @param zeroDeltas how many d are zero
 * @param agreements how many d and g have one sign, two zeros counted as such
 */
public record ChunkSums(
        long elements,
        double deltaSquares,
        double baseSquares,
        double gapSquares,
        double products,
        double largestDelta,
        long zeroDeltas,
        long agreements) {
    /** Of no elements. */
    public static final ChunkSums NONE = new ChunkSums(0, 0, 0, 0, 0, 0, 0, 0);

    /** These elements and then those; sums depend on the order in which chunks are put together. */
    public ChunkSums plus(ChunkSums next) {
        return new ChunkSums(
                elements + next.elements,
                deltaSquares + next.deltaSquares,
                baseSquares + next.baseSquares,
                gapSquares + next.gapSquares,
                products + next.products,
                Math.max(largestDelta, next.largestDelta),
                zeroDeltas + next.zeroDeltas,
                agreements + next.agreements);
    }

    /** False when a base, tuned or target element is not finite, or a sum overflowed. */
    public boolean isFinite() {
        return Double.isFinite(deltaSquares) && Double.isFinite(baseSquares) && Double.isFinite(gapSquares);
    }
}
