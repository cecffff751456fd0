package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventHandler;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.DatasetName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.resource.ResourceName.ModelName;
import io.graft.v1.FailureReason;
import io.graft.v1.JobFailure;
import io.graft.v1.LineageEdge;
import io.graft.v1.Manifest;
import io.graft.v1.VersionCommitted;
import io.graft.v1.VersionRejected;
import java.util.List;
import java.util.Map;

/**
 * Registers what jobs commit. The event is not believed: the manifest must lie where its attempt may write, have the
 * announced digest, and its headers must be sound. Whatever else jobs announce is passed over.
 */
public final class JobOutputs implements EventHandler {
    private final JobOutputStore outputs;
    private final ArtifactStore artifacts;
    private final ModelInspection inspection;
    private final DatasetInspection datasets;

    public JobOutputs(
            JobOutputStore outputs, ArtifactStore artifacts, ModelInspection inspection, DatasetInspection datasets) {
        this.outputs = outputs;
        this.artifacts = artifacts;
        this.inspection = inspection;
        this.datasets = datasets;
    }

    @Override
    public void handle(Event event) {
        if (event.data() instanceof VersionCommitted committed) {
            take(event, committed);
        }
    }

    private void take(Event event, VersionCommitted committed) {
        NewVersion version;
        try {
            version = examine(committed);
        } catch (GraftException e) {
            if (e.code().category() == ErrorCode.Category.UNAVAILABLE) {
                throw e;
            }
            outputs.reject(event, rejection(committed, e));
            return;
        }
        outputs.register(event, version);
    }

    private NewVersion examine(VersionCommitted committed) {
        JobName job = ResourceName.parse("job", committed.getJob(), JobName.class);
        ResourceName line = line(committed);
        String prefix = ArtifactKeys.outputs(job, committed.getAttempt());
        String expected = prefix + ArtifactCommit.MANIFEST;
        if (!committed.getManifest().equals(expected) || !line.tenant().equals(job.tenant())) {
            throw new GraftException(
                    ErrorCode.PERMISSION_DENIED,
                    "An attempt of " + job + " may only commit " + expected
                            + " and only to a model or data set of its own" + " tenant",
                    Map.of("manifest", committed.getManifest(), "output", line.toString()));
        }
        Manifest manifest = ArtifactCommit.read(artifacts, expected);
        if (!manifest.getDigest().equals(committed.getDigest())
                || !manifest.getJob().equals(committed.getJob())) {
            throw new GraftException(
                    ErrorCode.DIGEST_MISMATCH,
                    "The manifest of " + job + " is not the one that its attempt announced",
                    Map.of("expected", committed.getDigest(), "found", manifest.getDigest()));
        }
        List<LineageEdge> parents = committed.getParentsList().stream()
                .map(edge -> edge.toBuilder().setJob(committed.getJob()).build())
                .toList();
        return line instanceof DatasetName
                ? NewVersion.ofDataset(
                        line.toString(),
                        prefix,
                        manifest,
                        datasets.inspect(prefix, manifest.getFilesList()),
                        committed.getLabelsMap(),
                        parents)
                : NewVersion.of(
                        line.toString(),
                        committed.getKind(),
                        prefix,
                        manifest,
                        inspection.inspect(prefix, committed.getKind(), manifest.getFilesList()),
                        committed.getLabelsMap(),
                        parents);
    }

    private static ResourceName line(VersionCommitted committed) {
        return committed.getOutputDataset().isEmpty()
                ? ResourceName.parse("output_model", committed.getOutputModel(), ModelName.class)
                : ResourceName.parse("output_dataset", committed.getOutputDataset(), DatasetName.class);
    }

    private static VersionRejected rejection(VersionCommitted committed, GraftException why) {
        return VersionRejected.newBuilder()
                .setJob(committed.getJob())
                .setAttempt(committed.getAttempt())
                .setFailure(JobFailure.newBuilder()
                        .setReason(FailureReason.FAILURE_REASON_DATA)
                        .setCode(why.code().name())
                        .setMessage("The registry refused the output: " + why.getMessage())
                        .putAllMetadata(why.metadata()))
                .build();
    }
}
