package io.graft.engine.pruning;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a method may look at.
 *
 * @param target null if the method needs no rows of a target
 * @param rows at least those that the method {@linkplain PruningMethod#needs needs}
 */
public record PruningInputs(SourceSamples source, @Nullable TargetSplit target, Map<RowsOf, Rows> rows) {
    /** Copies the map. */
    public PruningInputs {
        rows = Map.copyOf(rows);
    }

    /**
     * How many numbers a row has.
     *
     * @throws PruningException if there are no such rows
     */
    public int width(RowsOf what) {
        return require(what).width();
    }

    /**
     * Reads all rows, each checked before it is given on.
     *
     * @throws PruningException if there are no such rows, one has another width or a number that is not finite, or they
     *     are not as many as the samples
     */
    public void read(RowsOf what, Rows.Visitor visitor) {
        Rows from = require(what);
        int expected =
                what.ofSource() ? source.count() : requireTarget(what).used().cardinality();
        Checked checked = new Checked(what, from.width(), visitor);
        from.read(checked);
        if (checked.seen != expected) {
            throw new PruningException(
                    PruningProblem.ROW_COUNT,
                    "there are " + checked.seen + " rows of " + what.words() + " for " + expected + " samples");
        }
    }

    private Rows require(RowsOf what) {
        @Nullable Rows found = rows.get(what);
        if (found == null) {
            throw new PruningException(
                    PruningProblem.ROWS_MISSING, "the method needs " + what.words() + ", which no surrogate computed");
        }
        return found;
    }

    private TargetSplit requireTarget(RowsOf what) {
        if (target == null) {
            throw new PruningException(
                    PruningProblem.TARGET_EMPTY, "there are " + what.words() + " but no target; name its data set");
        }
        return target;
    }

    private static final class Checked implements Rows.Visitor {
        private final RowsOf what;
        private final int width;
        private final Rows.Visitor visitor;
        private int seen;

        Checked(RowsOf what, int width, Rows.Visitor visitor) {
            this.what = what;
            this.width = width;
            this.visitor = visitor;
        }

        @Override
        public void row(int index, float[] row) {
            if (row.length != width) {
                throw new PruningException(
                        PruningProblem.DIMENSION,
                        "row " + index + " of " + what.words() + " has " + row.length + " numbers, the others "
                                + width);
            }
            // Zero times what is not finite is not a number, and stays so in the sum.
            float sum = 0;
            for (float each : row) {
                sum += each * 0;
            }
            if (Float.isNaN(sum)) {
                throw new PruningException(
                        PruningProblem.NOT_FINITE,
                        "row " + index + " of " + what.words() + " holds NaN or infinity; the surrogate or the sample"
                                + " is broken");
            }
            seen++;
            visitor.row(index, row);
        }
    }
}
