package io.graft.platform.jobs;

import com.google.protobuf.util.Durations;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.launch.Launcher;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.Assignment;
import io.graft.v1.Job;
import io.graft.v1.JobState;

/** Starts attempts: first the job says so, then the assignment is written, then the worker starts. */
final class AttemptStart {
    private final JobStore store;
    private final ArtifactStore artifacts;
    private final Launcher launcher;
    private final JobMachine machine;
    private final ReconcilerSettings settings;

    AttemptStart(
            JobStore store,
            ArtifactStore artifacts,
            Launcher launcher,
            JobMachine machine,
            ReconcilerSettings settings) {
        this.store = store;
        this.artifacts = artifacts;
        this.launcher = launcher;
        this.machine = machine;
        this.settings = settings;
    }

    /** Gives a queued job its next attempt. */
    void next(JobRecord record) {
        long token = store.nextFencingToken();
        JobRecord launching =
                store.change(record.job().getName(), (current, now) -> machine.launch(current, token, now));
        start(launching, token);
    }

    /** Goes on with an attempt whose start was cut off; the launcher finds a worker that is there. */
    void again(String name, long token) {
        store.find(name).ifPresent(record -> start(record, token));
    }

    private void start(JobRecord record, long token) {
        if (record.job().getState() != JobState.JOB_STATE_LAUNCHING || record.fencingToken() != token) {
            return;
        }
        Assignment assignment = assignment(record);
        JobName name = ResourceName.parse("job", assignment.getJob(), JobName.class);
        artifacts.put(ArtifactKeys.assignment(name, assignment.getAttempt()), assignment.toByteArray());
        launcher.launch(assignment);
    }

    private Assignment assignment(JobRecord record) {
        Job job = record.job();
        JobName name = ResourceName.parse("job", job.getName(), JobName.class);
        Assignment.Builder assignment = Assignment.newBuilder()
                .setJob(job.getName())
                .setAttempt(job.getAttempt())
                .setFencingToken(record.fencingToken())
                .setKind(job.getKind())
                .setSpec(job.getSpec())
                .addAllInputs(record.plan().inputs())
                .setOutputPrefix(ArtifactKeys.outputs(name, job.getAttempt()))
                .setCheckpointPrefix(ArtifactKeys.checkpoints(name, job.getAttempt()))
                .setTraceparent(TraceContext.parse(record.traceparent())
                        .map(TraceContext::child)
                        .orElseGet(TraceContext::begin)
                        .traceparent())
                .setHeartbeatInterval(
                        Durations.fromMillis(settings.heartbeatInterval().toMillis()));
        if (job.hasCheckpoint()) {
            assignment.setResumeFrom(job.getCheckpoint());
        }
        return assignment.build();
    }
}
