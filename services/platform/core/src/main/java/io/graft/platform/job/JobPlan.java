package io.graft.platform.job;

import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import java.util.List;

/**
 * What validation found out about a job and its worker needs: never shown to callers.
 *
 * @param inputs the versions to pull, resolved to digests
 * @param outputModel resource name of the model, or data set, that gets the version; empty for a job that only measures
 * @param outputKind what the version holds; unspecified for a data set
 */
public record JobPlan(List<AssignmentInput> inputs, String outputModel, ArtifactKind outputKind) {
    public JobPlan {
        inputs = List.copyOf(inputs);
    }
}
