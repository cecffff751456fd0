package io.graft.engine.metrics.transferability;

/** Tells from a model's features or predictions how well it will do on a target. */
public sealed interface TransferabilityMetric permits Tmi, Leep, Nce, LogMe, HScore {
    /** The metric's name, such as {@code TMI}. */
    String name();

    /** Whether scores of models with different numbers of features can be compared. */
    boolean comparesDimensions();

    /**
     * Scores one model.
     *
     * @param labels the class of each example of the target, from 0
     * @throws io.graft.engine.metrics.MetricInputException if the metric is not defined on this input
     */
    Transferability score(SourceModel model, int[] labels);
}
