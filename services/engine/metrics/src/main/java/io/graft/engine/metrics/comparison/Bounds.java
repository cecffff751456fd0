package io.graft.engine.metrics.comparison;

/** A quantity known with uncertainty: its estimate, and bounds that hold with a chosen error on one side. */
public interface Bounds {
    /** The value observed on the examples. */
    double estimate();

    /** A value that the true quantity lies below with probability of about {@code alpha} at most. */
    double lower(double alpha);

    /** A value that the true quantity lies above with probability of about {@code alpha} at most. */
    double upper(double alpha);

    /** The interval that errs with {@code alpha} on each side, so with level {@code 1 - 2 alpha}. */
    default Interval interval(double alpha) {
        return new Interval(lower(alpha), upper(alpha), 1 - 2 * alpha);
    }

    /** The same of the quantity with its sign turned, for metrics of which less is better. */
    default Bounds negated() {
        Bounds original = this;
        return new Bounds() {
            @Override
            public double estimate() {
                return -original.estimate();
            }

            @Override
            public double lower(double alpha) {
                return -original.upper(alpha);
            }

            @Override
            public double upper(double alpha) {
                return -original.lower(alpha);
            }
        };
    }
}
