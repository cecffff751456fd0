package io.graft.platform.jobs;

import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.ReportPage;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.job.JobTimes;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.WorkerStatus;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.Manifest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out how an attempt ended whose worker is gone or silent: a manifest under its prefix settles it. */
final class AttemptEnd {
    private final JobStore store;
    private final ArtifactStore artifacts;
    private final JobMachine machine;
    private final EventFlow flow;
    private final ReconcilerSettings settings;
    private final Map<String, Long> exitsSeen = new ConcurrentHashMap<>();

    AttemptEnd(
            JobStore store, ArtifactStore artifacts, JobMachine machine, EventFlow flow, ReconcilerSettings settings) {
        this.store = store;
        this.artifacts = artifacts;
        this.machine = machine;
        this.flow = flow;
        this.settings = settings;
    }

    /** The worker ended: its last report is waited for, unless it was killed and can't have sent one. */
    void settle(JobRecord record, WorkerStatus.Exited exited) {
        boolean killed = exited.outOfMemory() || exited.code().equals(ExitCode.KILLED);
        if (!commitIfManifest(record) && (killed || reportIsOverdue(record))) {
            fail(record, Exits.failure(exited));
        }
    }

    /** Nothing is known of a worker that ran. */
    void settleLost(JobRecord record) {
        if (!commitIfManifest(record)) {
            fail(record, Exits.lost("The worker is gone"));
        }
    }

    /** Gives an attempt up that was not heard of for too long, while reports do come through. */
    void giveUpWhenSilent(JobRecord record) {
        if (!isSilent(record, store.now()) || !flow.isSteadyFor(settings.heartbeatTimeout())) {
            return;
        }
        if (!commitIfManifest(record)) {
            JobFailure failure = Exits.lost("The worker was not heard of for " + settings.heartbeatTimeout());
            store.change(
                    record.job().getName(),
                    (current, now) -> isSilent(current, now)
                            ? machine.attemptFailed(
                                    current, record.job().getAttempt(), record.fencingToken(), failure, now)
                            : Optional.empty());
        }
    }

    private boolean commitIfManifest(JobRecord record) {
        Job job = record.job();
        JobName name = ResourceName.parse("job", job.getName(), JobName.class);
        String key = ArtifactKeys.outputs(name, job.getAttempt()) + ArtifactCommit.MANIFEST;
        if (artifacts.stat(key).isEmpty()) {
            return false;
        }
        try {
            Manifest manifest = ArtifactCommit.read(artifacts, key);
            AttemptCommitted commit = commit(record, key, manifest);
            store.change(
                    job.getName(),
                    (current, now) -> machine.committed(current, job.getAttempt(), record.fencingToken(), commit, now));
        } catch (GraftException e) {
            if (e.code() != ErrorCode.DIGEST_MISMATCH) {
                throw e;
            }
            fail(record, Exits.damagedManifest(e));
        }
        return true;
    }

    private static AttemptCommitted commit(JobRecord record, String key, Manifest manifest) {
        AttemptCommitted.Builder commit = AttemptCommitted.newBuilder()
                .setManifest(key)
                .setDigest(manifest.getDigest())
                .setKind(record.plan().outputKind())
                .setReport(ReportPage.of(record.plan().outputKind(), manifest.getFilesList()))
                .putAllMetrics(manifest.getMetricsMap())
                .addAllRankings(manifest.getRankingsList());
        if (manifest.hasGate()) {
            commit.setGate(manifest.getGate());
        }
        if (manifest.hasInvariance()) {
            commit.setInvariance(manifest.getInvariance());
        }
        return commit.build();
    }

    private void fail(JobRecord record, JobFailure failure) {
        exitsSeen.remove(attempt(record));
        store.change(
                record.job().getName(),
                (current, now) ->
                        machine.attemptFailed(current, record.job().getAttempt(), record.fencingToken(), failure, now));
    }

    private boolean reportIsOverdue(JobRecord record) {
        long seen = exitsSeen.computeIfAbsent(attempt(record), attempt -> System.nanoTime());
        return System.nanoTime() - seen >= settings.reportGrace().toNanos();
    }

    private boolean isSilent(JobRecord record, Instant now) {
        Instant heard = JobTimes.instant(record.job().getUpdateTime());
        return now.isAfter(heard.plus(settings.heartbeatTimeout()));
    }

    private static String attempt(JobRecord record) {
        return record.job().getName() + "/" + record.job().getAttempt();
    }
}
