package io.graft.engine.pruning;

import org.jspecify.annotations.Nullable;

/** How much stays. */
public sealed interface Budget {
    /** The greatest share that may be pruned. */
    double MAX_RATIO = 0.99;

    /**
     * A share goes: of the classes where a method chooses classes, of the samples where it chooses samples. Never more
     * goes than asked.
     *
     * @param ratio from 0 to {@link #MAX_RATIO}
     */
    record Ratio(double ratio) implements Budget {
        /** Checks the range. */
        public Ratio {
            if (!(ratio >= 0 && ratio <= MAX_RATIO)) {
                throw new PruningException(
                        PruningProblem.RATIO_RANGE, "prune_ratio is " + ratio + "; it goes from 0 to " + MAX_RATIO);
            }
        }

        /** How many of {@code count} stay; at least one if there is one. */
        public int keptOf(int count) {
            double rounding = 1e-9;
            return count - (int) Math.floor(ratio * count + rounding);
        }
    }

    /** A number of classes stays. */
    record KeepClasses(int classes) implements Budget {
        /** Refuses to keep none. */
        public KeepClasses {
            if (classes < 1) {
                throw new PruningException(
                        PruningProblem.CLASSES_TO_KEEP, "keep_classes is " + classes + "; keep at least one");
            }
        }
    }

    /**
     * The one that is given.
     *
     * @throws PruningException if both are, or none is, or it is out of range
     */
    static Budget of(@Nullable Double ratio, @Nullable Integer keepClasses) {
        if (ratio != null && keepClasses == null) {
            return new Ratio(ratio);
        }
        if (keepClasses != null && ratio == null) {
            return new KeepClasses(keepClasses);
        }
        throw new PruningException(
                PruningProblem.BUDGET_CHOICE,
                ratio == null
                        ? "neither prune_ratio nor keep_classes is given; give one"
                        : "prune_ratio and keep_classes exclude each other; give one");
    }

    /**
     * How many of so many classes stay.
     *
     * @throws PruningException if that would be more than there are
     */
    default int classesOf(int classes) {
        return switch (this) {
            case Ratio share -> share.keptOf(classes);
            case KeepClasses number -> {
                if (number.classes() > classes) {
                    throw new PruningException(
                            PruningProblem.CLASSES_TO_KEEP,
                            "keep_classes is " + number.classes() + ", but there are only " + classes + " classes");
                }
                yield number.classes();
            }
        };
    }

    /**
     * The share of the samples that goes.
     *
     * @throws PruningException if a number of classes is asked for
     */
    default Ratio ofSamples(String method) {
        return switch (this) {
            case Ratio share -> share;
            case KeepClasses number ->
                throw new PruningException(
                        PruningProblem.CLASSES_UNSUPPORTED,
                        method + " chooses samples, not classes; give prune_ratio instead of keep_classes "
                                + number.classes());
        };
    }
}
