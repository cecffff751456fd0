package io.graft.engine.metrics.transferability;

import io.graft.engine.metrics.InputCheck;

/** The source classes that a model sees in the target's examples. */
final class SourceHead {
    private SourceHead() {}

    static double[][] probabilities(SourceModel model, String metric) {
        double[][] probabilities = model.sourceProbabilities();
        new InputCheck()
                .require(
                        probabilities.length > 0,
                        model.name() + ".source_probabilities",
                        "is absent, but " + metric + " needs the model's own classes",
                        "take a model with a head, or TMI, LogME or the H-score")
                .done();
        return probabilities;
    }
}
