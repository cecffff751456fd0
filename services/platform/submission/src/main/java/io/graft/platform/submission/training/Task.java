package io.graft.platform.submission.training;

import io.graft.v1.MethodChoice;

/** What kind of rows an objective reads. */
public enum Task {
    /** A text or an image with a class. */
    CLASSIFICATION,
    /** A text or an image, whatever its class. */
    INPUTS,
    /** Two texts with a class. */
    PAIR_CLASSIFICATION,
    /** Texts to be continued. */
    CAUSAL_LM,
    /** Texts that belong together. */
    PAIRS,
    /** What only the engine knows about; columns are taken as they are given. */
    OTHER;

    /** The task of an objective of the catalogue. */
    public static Task of(MethodChoice objective) {
        return switch (objective.getName()) {
            case "classification" -> CLASSIFICATION;
            case "pair_classification" -> PAIR_CLASSIFICATION;
            case "causal_lm" -> CAUSAL_LM;
            case "contrastive" -> PAIRS;
            default -> OTHER;
        };
    }
}
