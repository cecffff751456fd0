package io.graft.engine.weights.arithmetic;

/** One element at a time. The vector form must give the same bits; this one defines them. */
final class ScalarArithmetic implements BlockArithmetic {
    @Override
    public void graft(
            double[] base, double[] tuned, double[] target, double[] out, int count, double lambda, Moments moments) {
        graft(base, tuned, target, out, 0, count, lambda, moments);
    }

    void graft(
            double[] base,
            double[] tuned,
            double[] target,
            double[] out,
            int from,
            int to,
            double lambda,
            Moments moments) {
        for (int i = from; i < to; i++) {
            double delta = tuned[i] - base[i];
            double gap = target[i] - base[i];
            double product = delta * gap;
            double result = target[i] + lambda * delta;
            out[i] = result;
            int lane = i % LANES;
            moments.gapSquares[lane] = Math.fma(gap, gap, moments.gapSquares[lane]);
            moments.products[lane] = Math.fma(delta, gap, moments.products[lane]);
            if (product > 0 || (delta == 0 && gap == 0)) {
                moments.agreements++;
            }
            tally(moments, lane, delta, base[i], result);
        }
    }

    @Override
    public void difference(double[] base, double[] tuned, double[] out, int count, Moments moments) {
        difference(base, tuned, out, 0, count, moments);
    }

    void difference(double[] base, double[] tuned, double[] out, int from, int to, Moments moments) {
        for (int i = from; i < to; i++) {
            double delta = tuned[i] - base[i];
            out[i] = delta;
            tally(moments, i % LANES, delta, base[i], delta);
        }
    }

    private static void tally(Moments moments, int lane, double delta, double base, double result) {
        moments.deltaSquares[lane] = Math.fma(delta, delta, moments.deltaSquares[lane]);
        moments.baseSquares[lane] = Math.fma(base, base, moments.baseSquares[lane]);
        moments.largestDelta[lane] = Math.max(moments.largestDelta[lane], magnitude(delta));
        moments.largestOutput[lane] = Math.max(moments.largestOutput[lane], magnitude(result));
        if (delta == 0) {
            moments.zeroDeltas++;
        }
    }

    private static long magnitude(double value) {
        return Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
    }
}
