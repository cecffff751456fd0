package io.graft.engine.metrics.sensitivity;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;

/**
 * How much a model's final loss suffers from a learning rate that is not the best (Wortsman et al. 2024, arXiv 2309.14322):
 * the mean over a grid of rates of {@code min(loss, initial loss) - best loss}. 0 means that any rate of the grid does.
 */
public final class LearningRateSensitivity {
    private LearningRateSensitivity() {}

    /**
     * The sensitivity.
     *
     * @param finalLosses one for each rate of the grid; NaN or infinite for a run that diverged, which counts as the initial
     * @param initialLoss before training
     * @throws io.graft.engine.metrics.MetricInputException without losses, or if every run diverged
     */
    public static double of(double[] finalLosses, double initialLoss) {
        double best = Arrays.stream(finalLosses).filter(Double::isFinite).min().orElse(Double.NaN);
        new InputCheck()
                .finite("initial_loss", initialLoss)
                .require(
                        Double.isFinite(best),
                        "final_losses",
                        "has no finite value",
                        "add smaller learning rates to the grid")
                .done();
        return Arrays.stream(finalLosses)
                .map(loss -> (Double.isFinite(loss) ? Math.min(loss, initialLoss) : initialLoss) - best)
                .average()
                .orElseThrow();
    }
}
