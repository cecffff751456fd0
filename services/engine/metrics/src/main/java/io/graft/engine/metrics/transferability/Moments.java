package io.graft.engine.metrics.transferability;

import java.util.Arrays;

/** Means of rows. */
final class Moments {
    private Moments() {}

    static double[] mean(double[][] rows, int[] members) {
        double[] mean = new double[rows[0].length];
        for (int i : members) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += rows[i][j] / members.length;
            }
        }
        return mean;
    }

    static double[][] centred(double[][] rows) {
        int[] all = new int[rows.length];
        Arrays.setAll(all, i -> i);
        double[] mean = mean(rows, all);
        double[][] centred = new double[rows.length][mean.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                centred[i][j] = rows[i][j] - mean[j];
            }
        }
        return centred;
    }
}
