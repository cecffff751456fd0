package io.graft.engine.worker;

import com.google.protobuf.util.Timestamps;
import io.graft.engine.safetensors.digest.Sha256;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.backoff.Backoff;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactFile;
import io.graft.v1.Assignment;
import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intermediate states of an attempt in the artifact store. Each is committed as an output is, manifest last; the service
 * learns of it, gives the last one to the next attempt and sweeps those before.
 */
public final class JobCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(JobCheckpoints.class);
    private static final Backoff PATIENCE = new Backoff(3, Duration.ofMillis(200), Duration.ofSeconds(1));

    private final ArtifactStore store;
    private final Assignment assignment;
    private final AttemptReports reports;
    private final Clock clock;
    private final @Nullable Path resumed;

    private JobCheckpoints(
            ArtifactStore store, Assignment assignment, AttemptReports reports, Clock clock, @Nullable Path resumed) {
        this.store = store;
        this.assignment = assignment;
        this.reports = reports;
        this.clock = clock;
        this.resumed = resumed;
    }

    /**
     * Fetches the checkpoint that the attempt goes on from, if there is one.
     *
     * @param folder empty; holds the checkpoint after
     * @throws GraftException {@code DIGEST_MISMATCH} when it is not the one that was reported
     */
    static JobCheckpoints open(
            ArtifactStore store, Assignment assignment, Path folder, AttemptReports reports, Clock clock)
            throws IOException {
        if (!assignment.hasResumeFrom()) {
            return new JobCheckpoints(store, assignment, reports, clock, null);
        }
        String key = assignment.getResumeFrom().getManifest();
        Manifest manifest = ArtifactCommit.read(store, key);
        if (!manifest.getDigest().equals(assignment.getResumeFrom().getDigest())) {
            throw damaged(key);
        }
        String prefix = key.substring(0, key.length() - ArtifactCommit.MANIFEST.length());
        for (ArtifactFile file : manifest.getFilesList()) {
            Path target = folder.resolve(file.getPath());
            try (InputStream content = store.open(prefix + file.getPath())) {
                Files.copy(content, target);
            }
            if (!Sha256.ofFile(target).equals(file.getSha256())) {
                throw damaged(prefix + file.getPath());
            }
        }
        return new JobCheckpoints(store, assignment, reports, clock, folder);
    }

    private static GraftException damaged(String key) {
        return new GraftException(
                ErrorCode.DIGEST_MISMATCH,
                "The checkpoint " + key + " is not the one that was reported; submit the job again");
    }

    /** The state to go on from; empty for a beginning. */
    public Optional<Path> resumeFrom() {
        return Optional.ofNullable(resumed);
    }

    /**
     * Commits a state and tells the service.
     *
     * @param folder holds its files, flat
     */
    public void commit(long step, Path folder) throws IOException {
        List<ArtifactFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.sorted().toList()) {
                files.add(ArtifactFile.newBuilder()
                        .setPath(folder.relativize(path).toString())
                        .setSize(Files.size(path))
                        .setSha256(Sha256.ofFile(path))
                        .build());
            }
        }
        String prefix = assignment.getCheckpointPrefix() + step + "/";
        Manifest draft = Manifest.newBuilder()
                .addAllFiles(files)
                .setSpecDigest("sha256:"
                        + ContentDigest.sha256(assignment.getSpec().getValue().toByteArray()))
                .setJob(assignment.getJob())
                .setAttempt(assignment.getAttempt())
                .setStep(step)
                .setCreateTime(Timestamps.fromMillis(clock.millis()))
                .build();
        Manifest manifest = new ArtifactCommit(store, reached -> {}).commitFolder(prefix, folder, draft);
        boolean told = reports.checkpointed(
                AttemptCheckpointed.newBuilder()
                        .setManifest(prefix + ArtifactCommit.MANIFEST)
                        .setDigest(manifest.getDigest())
                        .setStep(step)
                        .build(),
                PATIENCE);
        LOG.info("Checkpoint of step {} is {}{}", step, prefix, told ? "" : "; nobody could be told");
    }
}
