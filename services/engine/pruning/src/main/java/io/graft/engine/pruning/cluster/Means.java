package io.graft.engine.pruning.cluster;

import java.util.Arrays;

/** Running means of rows by class, summed in double precision. Not thread-safe. */
final class Means {
    private final int width;
    private final double[][] sums;
    private final long[] counts;

    Means(int classes, int width) {
        this.width = width;
        this.sums = new double[classes][width];
        this.counts = new long[classes];
    }

    void add(int each, float[] row) {
        double[] sum = sums[each];
        for (int number = 0; number < width; number++) {
            sum[number] += row[number];
        }
        counts[each]++;
    }

    void clear() {
        Arrays.fill(counts, 0);
        for (double[] sum : sums) {
            Arrays.fill(sum, 0);
        }
    }

    boolean has(int each) {
        return counts[each] > 0;
    }

    /** Rows of zeros where a class has none. */
    float[][] rows() {
        float[][] means = new float[counts.length][width];
        for (int each = 0; each < counts.length; each++) {
            for (int number = 0; number < width && counts[each] > 0; number++) {
                means[each][number] = (float) (sums[each][number] / counts[each]);
            }
        }
        return means;
    }

    Centroids centroids() {
        boolean[] present = new boolean[counts.length];
        for (int each = 0; each < counts.length; each++) {
            present[each] = has(each);
        }
        return new Centroids(width, rows(), present);
    }
}
