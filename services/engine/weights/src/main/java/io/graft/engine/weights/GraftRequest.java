package io.graft.engine.weights;

import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.weights.pipeline.EngineSettings;
import java.nio.file.Path;

/**
 * target + lambda * difference.
 *
 * @param target the base that receives the difference; a folder or a single file
 * @param output folder for the result, created where needed; must not hold weights yet
 * @param lambda strength; 1 in every published run
 */
public record GraftRequest(
        GraftSource source, Path target, Path output, double lambda, GraftRules rules, EngineSettings settings) {
    /**
     * Checks lambda.
     *
     * @throws IllegalArgumentException if lambda is not finite
     */
    public GraftRequest {
        if (!Double.isFinite(lambda)) {
            throw new IllegalArgumentException("lambda must be finite, not " + lambda);
        }
    }

    /** At lambda 1 with default rules and settings. */
    public static GraftRequest of(GraftSource source, Path target, Path output) {
        return new GraftRequest(source, target, output, 1.0, GraftRules.DEFAULT, EngineSettings.DEFAULT);
    }
}
