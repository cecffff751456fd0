package io.graft.engine.worker;

import com.google.protobuf.util.Timestamps;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.artifact.ReportPage;
import io.graft.platform.artifact.StoredObject;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.GateVerdict;
import io.graft.v1.InvarianceMatrix;
import io.graft.v1.Manifest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Takes an output to the artifact store, or what there is of it away. */
final class OutputCommit {
    private static final int LISTINGS = 20;

    private final ArtifactStore store;
    private final Assignment assignment;

    OutputCommit(ArtifactStore store, Assignment assignment) {
        this.store = store;
        this.assignment = assignment;
    }

    /** Uploads, verifies, writes the manifest. Once the manifest is due, a request to leave comes too late. */
    AttemptCommitted commit(
            JobOutput output, Path folder, ProgressBoard progress, StopSignal stop, Failpoint failpoint, Clock clock) {
        Manifest.Builder draft = Manifest.newBuilder()
                .addAllFiles(output.files())
                .addAllParents(assignment.getInputsList().stream()
                        .map(AssignmentInput::getDigest)
                        .distinct()
                        .toList())
                .setSpecDigest("sha256:"
                        + ContentDigest.sha256(assignment.getSpec().getValue().toByteArray()))
                .setJob(assignment.getJob())
                .setAttempt(assignment.getAttempt())
                .putAllMetrics(output.metrics())
                .addAllRankings(output.rankings())
                .setCreateTime(Timestamps.fromMillis(clock.millis()));
        GateVerdict gate = output.gate();
        if (gate != null) {
            draft.setGate(gate);
        }
        InvarianceMatrix invariance = output.invariance();
        if (invariance != null) {
            draft.setInvariance(invariance);
        }
        progress.begin("upload", output.files().size());
        ArtifactCommit commit = new ArtifactCommit(store, step -> {
            switch (step) {
                case BEFORE_UPLOAD, AFTER_MANIFEST -> stop.check();
                case AFTER_OBJECT -> {
                    stop.check();
                    progress.advance(1);
                }
                case BEFORE_MANIFEST -> {
                    stop.pointOfNoReturn();
                    progress.begin("commit", 0);
                }
            }
            failpoint.pass(step);
        });
        Manifest manifest = commit.commitFolder(assignment.getOutputPrefix(), folder, draft.build());
        AttemptCommitted.Builder committed = AttemptCommitted.newBuilder()
                .setManifest(assignment.getOutputPrefix() + ArtifactCommit.MANIFEST)
                .setDigest(manifest.getDigest())
                .setKind(output.kind())
                .setReport(ReportPage.of(output.kind(), output.files()))
                .putAllMetrics(output.metrics())
                .addAllRankings(output.rankings());
        if (gate != null) {
            committed.setGate(gate);
        }
        if (invariance != null) {
            committed.setInvariance(invariance);
        }
        return committed.build();
    }

    /**
     * Deletes what an attempt that did not commit has uploaded. Requests that were cut off may still land for a moment, so it
     * looks until two listings in a row are empty.
     */
    void discard() throws InterruptedException {
        String prefix = assignment.getOutputPrefix();
        store.abortUploads(prefix);
        int empty = 0;
        for (int i = 0; i < LISTINGS && empty < 2; i++) {
            List<String> left;
            try (Stream<StoredObject> objects = store.list(prefix)) {
                left = objects.map(StoredObject::key).toList();
            }
            store.delete(left);
            empty = left.isEmpty() ? empty + 1 : 0;
            Thread.sleep(100);
        }
    }
}
