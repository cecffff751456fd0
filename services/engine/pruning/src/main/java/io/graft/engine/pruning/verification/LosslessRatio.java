package io.graft.engine.pruning.verification;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The search for what may go without harm to the target. */
public final class LosslessRatio {
    private LosslessRatio() {}

    /**
     * A ratio that was tried.
     *
     * @param ratio that was pruned; 0 is the whole source
     * @param accuracy on the target's held-out rows after pre-training on the rest and fine-tuning
     */
    public record Trial(double ratio, double accuracy) {}

    /**
     * The greatest ratio whose accuracy, and that of every smaller ratio tried, is not more than {@code tolerance} below
     * that of the whole source; null if none is. A greater ratio that passes after a smaller one failed is luck, and is
     * not taken.
     *
     * @throws IllegalArgumentException if the whole source was not tried
     */
    public static @Nullable Trial greatest(List<Trial> trials, double tolerance) {
        double full = trials.stream()
                .filter(trial -> trial.ratio() == 0)
                .mapToDouble(Trial::accuracy)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ratio 0, the whole source, must be tried too"));
        return trials.stream()
                .filter(trial -> trial.ratio() > 0)
                .sorted(Comparator.comparingDouble(Trial::ratio))
                .takeWhile(trial -> trial.accuracy() >= full - tolerance)
                .reduce((smaller, greater) -> greater)
                .orElse(null);
    }
}
