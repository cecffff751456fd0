package io.graft.engine.metrics.calibration;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Confidence beside accuracy, in bins (Naeini et al. 2015; Guo et al. 2017).
 *
 * @param bins by rising confidence
 */
public record Reliability(List<ReliabilityBin> bins) {
    /** The number of bins of Guo et al. */
    public static final int DEFAULT_BINS = 15;

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Bins of equal width, each open below and closed above; 0 falls into the first.
     *
     * @param confidences the probability of each predicted label, from 0 to 1
     * @throws io.graft.engine.metrics.MetricInputException for no predictions, other lengths or values out of range
     */
    public static Reliability equalWidth(double[] confidences, boolean[] correct, int bins) {
        check(confidences, correct, bins);
        int[] all = IntStream.range(0, confidences.length).toArray();
        return new Reliability(IntStream.range(0, bins)
                .mapToObj(b -> bin(
                        confidences,
                        correct,
                        Arrays.stream(all)
                                .filter(i -> place(confidences[i], bins) == b)
                                .toArray(),
                        (double) b / bins,
                        (b + 1.0) / bins))
                .toList());
    }

    /** Bins of equally many predictions, the first ones one more where they can't be equal; ties keep their order. */
    public static Reliability equalMass(double[] confidences, boolean[] correct, int bins) {
        check(confidences, correct, bins);
        int n = confidences.length;
        int[] sorted = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> confidences[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Reliability(IntStream.range(0, bins)
                .mapToObj(b -> Arrays.copyOfRange(sorted, start(b, n, bins), start(b + 1, n, bins)))
                .filter(members -> members.length > 0)
                .map(members -> bin(
                        confidences,
                        correct,
                        members,
                        confidences[members[0]],
                        confidences[members[members.length - 1]]))
                .toList());
    }

    /** Expected calibration error: the mean gap, each bin weighing as its predictions. Of equal mass it is called ACE. */
    public double expectedError() {
        double total = bins.stream().mapToInt(ReliabilityBin::count).sum();
        return bins.stream().mapToDouble(bin -> bin.gap() * bin.count() / total).sum();
    }

    /** Maximum calibration error: the widest gap. */
    public double maximumError() {
        return bins.stream().mapToDouble(ReliabilityBin::gap).max().orElse(0);
    }

    private static int place(double confidence, int bins) {
        int up = (int) Math.ceil(confidence * bins) - 1;
        int place = Math.clamp(up, 0, bins - 1);
        return confidence <= (double) place / bins && place > 0 ? place - 1 : place;
    }

    private static int start(int bin, int n, int bins) {
        return bin * (n / bins) + Math.min(bin, n % bins);
    }

    private static ReliabilityBin bin(double[] confidences, boolean[] correct, int[] members, double low, double high) {
        return new ReliabilityBin(
                low,
                high,
                members.length,
                Arrays.stream(members)
                        .mapToDouble(i -> confidences[i])
                        .average()
                        .orElse(Double.NaN),
                Arrays.stream(members)
                        .mapToDouble(i -> correct[i] ? 1 : 0)
                        .average()
                        .orElse(Double.NaN));
    }

    private static void check(double[] confidences, boolean[] correct, int bins) {
        InputCheck check = new InputCheck()
                .parallel("confidences", confidences.length, "correct", correct.length)
                .require(bins > 0, "bins", "is " + bins, "take 1 or more, usually " + DEFAULT_BINS);
        for (int i = 0; i < confidences.length; i++) {
            check.require(
                    confidences[i] >= 0 && confidences[i] <= 1,
                    "confidences[" + i + "]",
                    "is " + confidences[i],
                    "give probabilities, from 0 to 1");
        }
        check.done();
    }
}
