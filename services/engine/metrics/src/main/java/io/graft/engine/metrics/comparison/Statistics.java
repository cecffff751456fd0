package io.graft.engine.metrics.comparison;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;

/** What each example adds to the sums of a corpus. Arrays are not copied and not to be changed. */
sealed interface Statistics {
    /** How many examples. */
    int size();

    /** How many sums. */
    int width();

    /** Adds what one example adds. */
    void addTo(double[] sums, int example);

    /** Those of some examples, in the order given. */
    Statistics only(int[] examples);

    /** Whether both add the same for an example. */
    boolean agrees(Statistics other, int example);

    /**
     * A number for each sum.
     *
     * @param rows one an example, all of one width
     */
    record Dense(double[][] rows) implements Statistics {
        public Dense {
            new InputCheck().matrix("statistics", rows).done();
        }

        @Override
        public int size() {
            return rows.length;
        }

        @Override
        public int width() {
            return rows[0].length;
        }

        @Override
        public void addTo(double[] sums, int example) {
            double[] row = rows[example];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += row[i];
            }
        }

        @Override
        public Dense only(int[] examples) {
            return new Dense(Arrays.stream(examples).mapToObj(e -> rows[e]).toArray(double[][]::new));
        }

        @Override
        public boolean agrees(Statistics other, int example) {
            return other instanceof Dense(double[][] others) && Arrays.equals(rows[example], others[example]);
        }
    }

    /**
     * One for each sum that is named, so that there may be very many of them.
     *
     * @param places the sums that each example adds one to
     */
    record Counts(int[][] places, int width) implements Statistics {
        public Counts {
            InputCheck check = new InputCheck()
                    .require(places.length > 0, "places", "is empty", "give at least one example")
                    .require(width > 0, "width", "is " + width, "give at least one sum");
            for (int i = 0; i < places.length; i++) {
                check.labels("places[" + i + "]", places[i], width);
            }
            check.done();
        }

        @Override
        public int size() {
            return places.length;
        }

        @Override
        public void addTo(double[] sums, int example) {
            for (int place : places[example]) {
                sums[place]++;
            }
        }

        @Override
        public Counts only(int[] examples) {
            return new Counts(Arrays.stream(examples).mapToObj(e -> places[e]).toArray(int[][]::new), width);
        }

        @Override
        public boolean agrees(Statistics other, int example) {
            return other instanceof Counts(int[][] others, int otherWidth)
                    && width == otherWidth
                    && Arrays.equals(places[example], others[example]);
        }
    }
}
