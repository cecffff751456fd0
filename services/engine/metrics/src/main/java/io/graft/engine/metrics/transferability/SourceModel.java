package io.graft.engine.metrics.transferability;

import io.graft.engine.metrics.InputCheck;

/**
 * What one pre-trained model makes of the target data, in evaluation mode and without augmentation. The arrays are not
 * copied; leave them as they are.
 *
 * @param name of the model
 * @param features one row an example, one column a feature
 * @param sourceProbabilities the model's own classes for each example; no rows for a model without a head
 */
public record SourceModel(String name, double[][] features, double[][] sourceProbabilities) {
    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every value that is not finite and rows of other widths
     */
    public SourceModel {
        InputCheck check = new InputCheck().matrix(name + ".features", features);
        if (sourceProbabilities.length > 0) {
            check.matrix(name + ".source_probabilities", sourceProbabilities)
                    .parallel(
                            name + ".features",
                            features.length,
                            name + ".source_probabilities",
                            sourceProbabilities.length);
        }
        check.done();
    }

    /** A model without a head of its own. */
    public static SourceModel headless(String name, double[][] features) {
        return new SourceModel(name, features, new double[0][]);
    }

    /** How many features an example has. */
    public int dimension() {
        return features[0].length;
    }
}
