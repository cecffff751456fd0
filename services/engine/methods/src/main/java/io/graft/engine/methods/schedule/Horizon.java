package io.graft.engine.methods.schedule;

import io.graft.platform.methods.MethodParameterException;
import org.jspecify.annotations.Nullable;

/**
 * The run that a schedule is for.
 *
 * @param peak the optimizer's learning rate: the highest of the run
 * @param steps optimizer steps of the whole run; null when it is open-ended
 * @param tokensPerStep tokens, or examples where there are none, that a step consumes
 * @param sequencesPerStep examples that a step consumes
 */
public record Horizon(double peak, @Nullable Long steps, long tokensPerStep, long sequencesPerStep) {
    /** Refuses what no run can have. */
    public Horizon {
        if (!(peak > 0) || !Double.isFinite(peak)) {
            throw new IllegalArgumentException("a learning rate is positive and finite: " + peak);
        }
        if ((steps != null && steps < 1) || tokensPerStep < 1 || sequencesPerStep < 1) {
            throw new IllegalArgumentException("a run has at least one step, and a step at least one token");
        }
    }

    /** A run of that many steps, whose schedule looks at steps only. */
    public static Horizon ofSteps(double peak, long steps) {
        return new Horizon(peak, steps, 1, 1);
    }

    /** A run without an end, whose schedule looks at steps only. */
    public static Horizon open(double peak) {
        return new Horizon(peak, null, 1, 1);
    }

    /**
     * The steps of the run.
     *
     * @throws MethodParameterException if it is open-ended
     */
    long stepsFor(String schedule) {
        if (steps == null) {
            throw new MethodParameterException(
                    schedule,
                    "max_steps",
                    "an open-ended run cannot end on this schedule; give the run a length, or choose constant, infinite,"
                            + " power or plateau");
        }
        return steps;
    }

    /** Refuses a low point above the highest rate. */
    void requireAtMostPeak(String schedule, String param, double rate) {
        if (rate > peak) {
            throw new MethodParameterException(
                    schedule, param, rate + " must not be greater than the optimizer's lr, which is " + peak);
        }
    }

    /** Refuses a phase that the run has no room for. */
    void requireWithin(String schedule, String param, long phase) {
        if (steps != null && phase > steps) {
            throw new MethodParameterException(
                    schedule, param, phase + " steps are more than the run's " + steps + "; give fewer");
        }
    }

    /**
     * Refuses to resume a run as one of another length or rate, whose earlier rates would have been others.
     *
     * @throws MethodParameterException naming what differs
     */
    public void requireSame(Horizon saved) {
        if (!equals(saved)) {
            throw new MethodParameterException(
                    "schedule",
                    "resume",
                    "the checkpoint was made for " + saved + ", this run is " + this
                            + "; resume with the same lr, steps and batch, or start a new run from the model");
        }
    }
}
