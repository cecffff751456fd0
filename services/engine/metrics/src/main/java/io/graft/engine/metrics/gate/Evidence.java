package io.graft.engine.metrics.gate;

import java.util.List;

/**
 * What a verdict rests on, enough to compute it again.
 *
 * @param target gain or loss on what the candidate was made for
 * @param subsets the same in each subset
 * @param forgetting the same on each retained task, negative gains being what was forgotten; without retained tasks, see
 *     {@link Effect#mcNemar} of the target for the examples that were solved before and are lost
 * @param findings each condition
 * @param alpha the gate's error
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 */
public record Evidence(
        Effect target,
        List<Effect> subsets,
        List<Effect> forgetting,
        List<Finding> findings,
        double alpha,
        String dataDigest,
        String evaluatorVersion,
        int resamples,
        long seed) {
    public Evidence {
        subsets = List.copyOf(subsets);
        forgetting = List.copyOf(forgetting);
        findings = List.copyOf(findings);
    }
}
