package io.graft.engine.worker;

import io.graft.v1.ArtifactFile;
import io.graft.v1.ArtifactKind;
import io.graft.v1.GateVerdict;
import io.graft.v1.InvarianceMatrix;
import io.graft.v1.ModelRanking;
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
 * @param rankings the places of versions that were ranked
 * @param invariance how invariant a version is; null where that was not measured
 */
public record JobOutput(
        ArtifactKind kind,
        List<ArtifactFile> files,
        Map<String, Double> metrics,
        @Nullable GateVerdict gate,
        List<ModelRanking> rankings,
        @Nullable InvarianceMatrix invariance) {
    public JobOutput {
        files = List.copyOf(files);
        metrics = Map.copyOf(metrics);
        rankings = List.copyOf(rankings);
    }

    /** An output that a gate may have decided on. */
    public JobOutput(
            ArtifactKind kind, List<ArtifactFile> files, Map<String, Double> metrics, @Nullable GateVerdict gate) {
        this(kind, files, metrics, gate, List.of(), null);
    }

    /** A report on versions that were ranked. */
    public static JobOutput ranked(List<ArtifactFile> files, Map<String, Double> metrics, List<ModelRanking> rankings) {
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, files, metrics, null, rankings, null);
    }

    /** A report on how invariant a version is. */
    public static JobOutput invariant(
            List<ArtifactFile> files, Map<String, Double> metrics, InvarianceMatrix invariance) {
        return new JobOutput(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED, files, metrics, null, List.of(), invariance);
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
