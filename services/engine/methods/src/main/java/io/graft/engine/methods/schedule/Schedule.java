package io.graft.engine.methods.schedule;

/** A learning rate over a run. The same position gives the same rate, unless it is a {@link FeedbackSchedule}. */
public interface Schedule {
    /** The rate of the step that comes after the given position; 0 or more, finite. */
    double rate(Position position);
}
