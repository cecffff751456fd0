package io.graft.engine.metrics.transferability;

import io.graft.engine.metrics.InputCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ranks pre-trained models for a target, one after the other, so that what each of them makes of the target need not be held
 * at the same time. Not thread-safe.
 */
public final class ModelRanking {
    private final TransferabilityMetric metric;
    private final int[] labels;
    private final List<RankedModel> models = new ArrayList<>();
    private int dimension;
    private @Nullable String first;

    /** @param labels the target's, the same for all models; not copied */
    public ModelRanking(TransferabilityMetric metric, int[] labels) {
        this.metric = metric;
        this.labels = labels;
    }

    /** What the places go by. */
    public TransferabilityMetric metric() {
        return metric;
    }

    /**
     * Scores a model.
     *
     * @throws io.graft.engine.metrics.MetricInputException for another dimension than that of the first model where the
     *     metric can't compare those, or what the metric refuses
     */
    public void add(SourceModel model) {
        if (first == null) {
            first = model.name();
            dimension = model.dimension();
        }
        new InputCheck()
                .require(
                        model.dimension() == dimension || metric.comparesDimensions(),
                        model.name() + ".features",
                        "has " + model.dimension() + " columns, " + first + " has " + dimension + ", and "
                                + metric.name() + " depends on the number",
                        "normalise with PCA to the smallest number, or take LogME")
                .done();
        long start = System.nanoTime();
        Transferability score = metric.score(model, labels);
        models.add(new RankedModel(model.name(), score, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** The most promising first; equal scores in the order given. */
    public List<RankedModel> ranked() {
        return models.stream()
                .sorted(Comparator.comparingDouble(
                                (RankedModel model) -> model.score().value())
                        .reversed())
                .toList();
    }

    /**
     * Scores each of some models.
     *
     * @return the most promising first
     * @throws io.graft.engine.metrics.MetricInputException for no models, or as {@link #add}
     */
    public static List<RankedModel> of(TransferabilityMetric metric, List<SourceModel> models, int[] labels) {
        new InputCheck()
                .require(!models.isEmpty(), "models", "is empty", "name at least one model")
                .done();
        ModelRanking ranking = new ModelRanking(metric, labels);
        models.forEach(ranking::add);
        return ranking.ranked();
    }
}
