package io.graft.platform.submission.training;

import io.graft.platform.submission.SpecFields;
import io.graft.v1.TrainingLoop;
import java.util.List;

/** What optimizer, schedule and length of a training must have in common. */
final class Rates {
    /** Parameters of schedules that are learning rates below the optimizer's. */
    private static final List<String> LOWER = List.of("min_lr", "const_lr", "base_lr");

    /** Parameters of schedules that are parts of the run, in optimizer steps. */
    private static final List<String> PARTS = List.of("warmup_steps", "decay_steps", "cooldown_steps", "anneal_steps");

    private Rates() {}

    /** Notes rates of the schedule that are above the optimizer's. */
    static void check(SpecFields fields, String path, TrainingLoop loop) {
        Params schedule = Params.of(loop.getSchedule());
        checkRatios(fields, path, schedule);
        double rate = Params.of(loop.getOptimizer()).number("lr", Double.POSITIVE_INFINITY);
        for (String name : LOWER) {
            double lower = schedule.number(name, 0);
            fields.require(
                    rate <= 0 || Double.isNaN(rate) || lower <= rate,
                    path + ".schedule.params." + name,
                    "is " + lower + ", above the optimizer's lr of " + rate + "; make it smaller");
        }
    }

    private static void checkRatios(SpecFields fields, String path, Params schedule) {
        double both = schedule.number("warmup_ratio", 0) + schedule.number("decay_ratio", 0);
        fields.require(
                both <= 1,
                path + ".schedule.params.decay_ratio",
                "and warmup_ratio are " + both + " of the run together; make them smaller");
    }

    /** Notes parts of the schedule that together are longer than the run. */
    static void checkParts(SpecFields fields, String path, TrainingLoop loop, long steps) {
        Params schedule = Params.of(loop.getSchedule());
        double parts =
                PARTS.stream().mapToDouble(name -> schedule.number(name, 0)).sum();
        if (parts > steps) {
            for (String name : PARTS) {
                double part = schedule.number(name, 0);
                fields.require(
                        part == 0,
                        path + ".schedule.params." + name,
                        "is " + (long) part + "; the parts of the schedule take " + (long) parts
                                + " steps, and the run has " + steps);
            }
        }
    }
}
