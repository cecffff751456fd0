package io.graft.engine.methods.peft;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How exact a merge was.
 *
 * @param modules by name, what changed
 * @param outputDifference greatest absolute difference between the outputs of the adapted and the merged model on the
 *     caller's probe; null without a probe
 */
public record MergeReport(
        Map<String, Change> modules, @Nullable Double outputDifference) {
    /** Copies the map. */
    public MergeReport {
        modules = Map.copyOf(modules);
    }

    /**
     * What changed in one module.
     *
     * @param relative Frobenius norm of the change over that of the weight
     * @param greatest greatest absolute change of an element
     */
    public record Change(double relative, double greatest) {}
}
