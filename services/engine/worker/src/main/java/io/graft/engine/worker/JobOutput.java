package io.graft.engine.worker;

import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.GateVerdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a runner made.
 *
 * @param kind unspecified for a report, which is no version
 * @param files what lies in the output folder and is to be committed
 * @param metrics what was found out, by name
 * @param gate what the gate of an evaluation decided; null without one
 */
public record JobOutput(
        ArtifactKind kind,
        List<ArtifactFile> files,
        Map<String, Double> metrics,
        @Nullable GateVerdict gate) {
    public JobOutput {
        files = List.copyOf(files);
        metrics = Map.copyOf(metrics);
    }

    /** An output that no gate decides on. */
    public JobOutput(ArtifactKind kind, List<ArtifactFile> files, Map<String, Double> metrics) {
        this(kind, files, metrics, null);
    }

    /** An output that measures nothing. */
    public JobOutput(ArtifactKind kind, List<ArtifactFile> files) {
        this(kind, files, Map.of());
    }
}
