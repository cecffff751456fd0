package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.comparison.CorpusScores;
import io.graft.engine.metrics.gate.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Intersection over union of masks that are added one by one and not kept; a row's counts are resampled together. A class
 * that occurs neither in the truth nor in the predictions stays out of the mean, as in {@link
 * io.graft.engine.metrics.classification.IntersectionOverUnion}. Not thread-safe.
 */
final class MaskScorer {
    private static final int MOST_SHOWN = 100;

    private final int ignored;
    private final List<int[]> both = new ArrayList<>();
    private final List<int[]> either = new ArrayList<>();
    private final List<double[]> rightAndAll = new ArrayList<>();

    /** @param ignored the truth that marks pixels to leave out; negative for none */
    MaskScorer(int ignored) {
        this.ignored = ignored;
    }

    /**
     * Adds a row.
     *
     * @param predicted the class of each pixel, 0 or more; as many as true ones
     */
    void add(int[] predicted, int[] actual) {
        int classes = Math.max(
                        Arrays.stream(predicted).max().orElse(-1),
                        Arrays.stream(actual).max().orElse(-1))
                + 1;
        int[] hits = new int[classes];
        int[] seen = new int[classes];
        double[] pixels = new double[2];
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] != ignored) {
                pixels[1]++;
                seen[actual[i]]++;
                if (actual[i] == predicted[i]) {
                    hits[actual[i]]++;
                    pixels[0]++;
                } else {
                    seen[predicted[i]]++;
                }
            }
        }
        both.add(hits);
        either.add(seen);
        rightAndAll.add(pixels);
    }

    /** Whether any pixel counts. */
    boolean hasPixels() {
        return rightAndAll.stream().anyMatch(row -> row[1] > 0);
    }

    /** The scores of what was added; there must be a pixel that counts. */
    Measurement measurement() {
        int classes = either.stream().mapToInt(row -> row.length).max().orElse(0);
        double[][] statistics = new double[both.size()][2 * classes];
        for (int i = 0; i < statistics.length; i++) {
            for (int c = 0; c < both.get(i).length; c++) {
                statistics[i][c] = both.get(i)[c];
                statistics[i][classes + c] = either.get(i)[c];
            }
        }
        double[] sums = new double[2 * classes];
        Arrays.stream(statistics).forEach(row -> Arrays.setAll(sums, c -> sums[c] + row[c]));
        CorpusScores overlap =
                CorpusScores.of(statistics, drawn -> mean(drawn, classes), span(statistics, sums, classes));
        CorpusScores accuracy = CorpusScores.of(
                rightAndAll.toArray(double[][]::new), drawn -> drawn[1] == 0 ? 0 : drawn[0] / drawn[1], 1);
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) statistics.length);
        metrics.put("miou", overlap.value());
        metrics.put("pixel_accuracy", accuracy.value());
        IntStream.range(0, classes)
                .filter(c -> sums[classes + c] > 0)
                .limit(MOST_SHOWN)
                .forEach(c -> metrics.put("iou_" + c, sums[c] / sums[classes + c]));
        return new Measurement(
                new TreeMap<>(metrics),
                IntStream.range(0, statistics.length).toArray(),
                List.of(),
                null,
                List.of(
                        new CorpusFigure("miou", Direction.HIGHER_IS_BETTER, overlap),
                        new CorpusFigure("pixel_accuracy", Direction.HIGHER_IS_BETTER, accuracy)));
    }

    /** What the row that weighs most could move the mean by, were each row to move it as much: rare classes count. */
    private static double span(double[][] statistics, double[] sums, int classes) {
        int[] occurring =
                IntStream.range(0, classes).filter(c -> sums[classes + c] > 0).toArray();
        double most = Arrays.stream(statistics)
                .mapToDouble(row -> Arrays.stream(occurring)
                        .mapToDouble(c -> Math.min(1, 2 * row[classes + c] / sums[classes + c]))
                        .average()
                        .orElse(0))
                .max()
                .orElse(0);
        return Math.max(1, statistics.length * most);
    }

    private static double mean(double[] sums, int classes) {
        return IntStream.range(0, classes)
                .filter(c -> sums[classes + c] > 0)
                .mapToDouble(c -> sums[c] / sums[classes + c])
                .average()
                .orElse(0);
    }
}
