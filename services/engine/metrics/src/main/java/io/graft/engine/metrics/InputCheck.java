package io.graft.engine.metrics;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the arguments of a metric, so that one error names all of it. Not thread-safe. */
public final class InputCheck {
    private static final int SHOWN = 20;

    private final List<MetricInputException.Problem> problems = new ArrayList<>();

    /** Notes a problem unless the condition holds. */
    public InputCheck require(boolean holds, String field, String what, String cure) {
        if (!holds && problems.size() < SHOWN) {
            problems.add(new MetricInputException.Problem(field, what, cure));
        }
        return this;
    }

    /** Requires that two parallel arguments have one entry an example, and at least one. */
    public InputCheck parallel(String first, int firstSize, String second, int secondSize) {
        require(firstSize > 0, first, "is empty", "give at least one example");
        return require(
                firstSize == secondSize,
                second,
                "has " + secondSize + " entries, but " + first + " has " + firstSize,
                "give one entry for each example in both, in the same order");
    }

    /** Requires that no value is NaN or infinite. */
    public InputCheck finite(String field, double... values) {
        for (int i = 0; i < values.length; i++) {
            require(
                    Double.isFinite(values[i]),
                    field + "[" + i + "]",
                    "is " + values[i],
                    "leave out the example or repair the model that gave it");
        }
        return this;
    }

    /** Requires a matrix of finite values with rows of one width of at least one. */
    public InputCheck matrix(String field, double[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        require(width > 0, field, "has no values", "give at least one row and one column");
        for (int i = 0; i < rows.length; i++) {
            require(
                    rows[i].length == width,
                    field + "[" + i + "]",
                    "has " + rows[i].length + " values, the first row has " + width,
                    "give rows of equal width");
            finite(field + "[" + i + "]", rows[i]);
        }
        return this;
    }

    /** Requires class indices from 0 to {@code classes - 1}. */
    public InputCheck labels(String field, int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            require(
                    labels[i] >= 0 && labels[i] < classes,
                    field + "[" + i + "]",
                    "is class " + labels[i] + " of " + classes + " classes",
                    "number the classes from 0");
        }
        return this;
    }

    /**
     * Ends the check.
     *
     * @throws MetricInputException naming up to 20 problems, if there are any
     */
    public void done() {
        if (!problems.isEmpty()) {
            throw new MetricInputException(problems);
        }
    }
}
