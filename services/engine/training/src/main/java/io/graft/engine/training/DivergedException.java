package io.graft.engine.training;

/** A number that must stay finite did not. What the run has learnt is worthless; its last checkpoint may not be. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long step;
    private final String statistic;
    private final double value;

    /** The number, as the report's metrics name it, in the step that would have been the given one. */
    public DivergedException(long step, String statistic, double value) {
        super("The training diverged in step " + step + ": " + statistic + " is " + value
                + ". Lower the learning rate, warm it up for longer, or set max_grad_norm");
        this.step = step;
        this.statistic = statistic;
        this.value = value;
    }

    /** The step, from 1. */
    public long step() {
        return step;
    }

    /** Its name. */
    public String statistic() {
        return statistic;
    }

    /** NaN or infinite. */
    public double value() {
        return value;
    }
}
