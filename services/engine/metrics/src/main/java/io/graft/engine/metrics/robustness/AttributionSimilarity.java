package io.graft.engine.metrics.robustness;

import io.graft.engine.metrics.InputCheck;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * How much an explanation changed with an attack: two maps of how much each input value mattered.
 *
 * @param intersectionOverUnion of the values that matter most in each, 1 being the same ones
 * @param l1 the mean absolute difference, each map scaled to the range from 0 to 1; 0 being the same
 */
public record AttributionSimilarity(double intersectionOverUnion, double l1) {
    /**
     * Compares.
     *
     * @param share of the values that counts as mattering most, above 0 and up to 1, such as 0.2
     * @throws io.graft.engine.metrics.MetricInputException for maps of other lengths or a share out of range
     */
    public static AttributionSimilarity of(double[] first, double[] second, double share) {
        new InputCheck()
                .parallel("first", first.length, "second", second.length)
                .finite("first", first)
                .finite("second", second)
                .require(share > 0 && share <= 1, "share", "is " + share, "take above 0 and up to 1, usually 0.2")
                .done();
        int count = (int) Math.ceil(share * first.length);
        BitSet both = top(first, count);
        BitSet either = top(first, count);
        both.and(top(second, count));
        either.or(top(second, count));
        double[] a = scaled(first);
        double[] b = scaled(second);
        double difference = IntStream.range(0, a.length)
                .mapToDouble(i -> Math.abs(a[i] - b[i]))
                .average()
                .orElseThrow();
        return new AttributionSimilarity((double) both.cardinality() / either.cardinality(), difference);
    }

    private static BitSet top(double[] map, int count) {
        BitSet top = new BitSet();
        IntStream.range(0, map.length)
                .boxed()
                .sorted((i, j) -> Double.compare(map[j], map[i]))
                .limit(count)
                .forEach(top::set);
        return top;
    }

    private static double[] scaled(double[] map) {
        double low =
                IntStream.range(0, map.length).mapToDouble(i -> map[i]).min().orElseThrow();
        double high =
                IntStream.range(0, map.length).mapToDouble(i -> map[i]).max().orElseThrow();
        return IntStream.range(0, map.length)
                .mapToDouble(i -> high > low ? (map[i] - low) / (high - low) : 0)
                .toArray();
    }
}
