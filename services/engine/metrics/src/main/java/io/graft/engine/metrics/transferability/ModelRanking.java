package io.graft.engine.metrics.transferability;

import io.graft.engine.metrics.InputCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ranks pre-trained models for a target. */
public final class ModelRanking {
    private ModelRanking() {}

    /**
     * Scores each model.
     *
     * @param labels the target's, the same for all models
     * @return the most promising first; equal scores in the order given
     * @throws io.graft.engine.metrics.MetricInputException for no models, models of other dimensions where the metric can't
     *     compare those, or what the metric refuses
     */
    public static List<RankedModel> of(TransferabilityMetric metric, List<SourceModel> models, int[] labels) {
        InputCheck check = new InputCheck().require(!models.isEmpty(), "models", "is empty", "name at least one model");
        for (SourceModel model : models) {
            int first = models.getFirst().dimension();
            check.require(
                    model.dimension() == first || metric.comparesDimensions(),
                    model.name() + ".features",
                    "has " + model.dimension() + " columns, "
                            + models.getFirst().name() + " has " + first + ", and " + metric.name()
                            + " depends on the number",
                    "normalise with PCA to the smallest number, or take LogME");
        }
        check.done();
        List<RankedModel> ranked = new ArrayList<>();
        for (SourceModel model : models) {
            long start = System.nanoTime();
            Transferability score = metric.score(model, labels);
            ranked.add(new RankedModel(model.name(), score, Duration.ofNanos(System.nanoTime() - start)));
        }
        ranked.sort(
                Comparator.comparingDouble((RankedModel r) -> r.score().value()).reversed());
        return List.copyOf(ranked);
    }
}
