package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DatasetVersion;
import io.graft.v1.LineageEdge;
import io.graft.v1.Manifest;
import io.graft.v1.ModelVersion;
import io.graft.v1.TensorSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version that is ready to be registered.
 *
 * @param line resource name of the model or data set
 * @param draft everything but name, create time and state
 * @param tensors its tensors
 * @param rows what its rows are: nothing but format, rows and schema; null unless it is of a data set
 */
public record NewVersion(
        String line,
        ModelVersion draft,
        List<TensorSpec> tensors,
        @Nullable DatasetVersion rows) {
    public NewVersion {
        tensors = List.copyOf(tensors);
    }

    /**
     * Puts together what is known of a committed version.
     *
     * @param prefix where its files lie
     */
    static NewVersion of(
            String line,
            ArtifactKind kind,
            String prefix,
            Manifest manifest,
            Inspection inspection,
            Map<String, String> labels,
            List<LineageEdge> parents) {
        ModelVersion.Builder draft =
                draft(prefix, manifest, labels).setKind(kind).addAllParents(parents);
        draft.setTensorCount(inspection.tensors().size()).setParameterCount(inspection.parameterCount());
        if (inspection.architecture() != null) {
            draft.setArchitecture(inspection.architecture());
        }
        if (inspection.vocabulary() != null) {
            draft.setVocabulary(inspection.vocabulary());
        }
        if (inspection.diff() != null) {
            draft.setDiff(inspection.diff());
        }
        return new NewVersion(line, draft.build(), inspection.tensors(), null);
    }

    /** Puts together what is known of a committed version of a data set. */
    static NewVersion ofDataset(
            String line,
            String prefix,
            Manifest manifest,
            DatasetVersion rows,
            Map<String, String> labels,
            List<LineageEdge> parents) {
        ModelVersion draft =
                draft(prefix, manifest, labels).addAllParents(parents).build();
        return new NewVersion(line, draft, List.of(), rows);
    }

    private static ModelVersion.Builder draft(String prefix, Manifest manifest, Map<String, String> labels) {
        return ModelVersion.newBuilder()
                .setDigest(manifest.getDigest())
                .addAllFiles(manifest.getFilesList())
                .setManifest(prefix + ArtifactCommit.MANIFEST)
                .setJob(manifest.getJob())
                .putAllLabels(labels);
    }
}
