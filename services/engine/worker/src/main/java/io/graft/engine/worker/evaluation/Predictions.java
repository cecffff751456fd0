package io.graft.engine.worker.evaluation;

import java.util.List;

/**
 * What a classifier says of each example. Arrays are not copied and not to be changed.
 *
 * @param probabilities one row an example, one column a class
 * @param labels the true classes, from 0
 * @param classes their names, one a column
 */
record Predictions(double[][] probabilities, int[] labels, List<String> classes) {
    Predictions {
        classes = List.copyOf(classes);
    }

    /** The most probable class of an example, the first of equals. */
    int predicted(int example) {
        double[] row = probabilities[example];
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }
}
