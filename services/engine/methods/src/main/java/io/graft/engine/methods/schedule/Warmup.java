package io.graft.engine.methods.schedule;

/**
 * A linear rise from 0, as transformers' {@code get_*_schedule_with_warmup} has it: the first step's rate is 0, and
 * step {@code steps} has the whole rate.
 */
record Warmup(long steps) {
    static final String DOC = "steps over which the rate rises from 0; the first step has rate 0 if this is not 0";
    static final String RATIO_DOC = "the same as a share of the run; counts when warmup_steps is 0";

    static Warmup of(String schedule, long steps, double ratio, Horizon horizon) {
        long chosen = steps > 0 || ratio == 0 ? steps : (long) Math.ceil(ratio * horizon.stepsFor(schedule));
        horizon.requireWithin(schedule, "warmup_steps", chosen);
        return new Warmup(chosen);
    }

    boolean covers(long step) {
        return step < steps;
    }

    double factor(long step) {
        return (double) step / steps;
    }

    /** How far a step is between the end of the warm-up and the end of the run, from 0 to 1. */
    double progress(long step, long total) {
        return total <= steps ? 1 : Math.min(1, (double) (step - steps) / (total - steps));
    }
}
