package io.graft.engine.methods.schedule;

import java.util.List;

/** How much a loss suffers from a wrong learning rate (Wortsman et al., arXiv 2309.14322, section 2.2). */
public final class RateSensitivity {
    private RateSensitivity() {}

    /**
     * {@code mean(min(loss, initial)) - min(loss)} over rates that are evenly spaced in their logarithm. A run that diverged
     * counts as one that learnt nothing.
     *
     * @param losses final losses, one a rate; NaN and infinity for runs that diverged
     * @param initial the loss before training
     * @throws IllegalArgumentException if there are fewer than three rates or none converged
     */
    public static double of(List<Double> losses, double initial) {
        if (losses.size() < 3) {
            throw new IllegalArgumentException("Sensitivity needs at least three rates, not " + losses.size());
        }
        double best = losses.stream()
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow(() -> new IllegalArgumentException("No run converged"));
        return losses.stream()
                        .mapToDouble(loss -> Double.isFinite(loss) ? Math.min(loss, initial) : initial)
                        .average()
                        .orElseThrow()
                - best;
    }
}
