package io.graft.platform.job;

import com.google.protobuf.Message;
import io.graft.platform.artifact.ArtifactCommit;
import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.DatasetName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.Checkpoint;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobFailure;
import io.graft.v1.JobProgress;
import io.graft.v1.JobResult;
import io.graft.v1.JobState;
import io.graft.v1.LineageEdge;
import io.graft.v1.VersionCommitted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of a job as pure functions: each takes a job and what happened and returns the step, or empty when what
 * happened no longer concerns the job. Terminal states absorb. Time comes from the caller, who takes it from the database.
 */
public final class JobMachine {
    private final RetryPolicy retryPolicy;

    public JobMachine(RetryPolicy retryPolicy) {
        this.retryPolicy = retryPolicy;
    }

    /** Whether a state is never left. */
    public static boolean isTerminal(JobState state) {
        return switch (state) {
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED, JOB_STATE_CANCELLED -> true;
            case JOB_STATE_UNSPECIFIED,
                    JOB_STATE_VALIDATING,
                    JOB_STATE_QUEUED,
                    JOB_STATE_LAUNCHING,
                    JOB_STATE_RUNNING,
                    JOB_STATE_FINALIZING,
                    JOB_STATE_PAUSING,
                    JOB_STATE_PAUSED,
                    UNRECOGNIZED -> false;
        };
    }

    /** Whether a worker may be at work. */
    public static boolean hasWorker(JobState state) {
        return switch (state) {
            case JOB_STATE_LAUNCHING, JOB_STATE_RUNNING, JOB_STATE_PAUSING -> true;
            case JOB_STATE_UNSPECIFIED,
                    JOB_STATE_VALIDATING,
                    JOB_STATE_QUEUED,
                    JOB_STATE_FINALIZING,
                    JOB_STATE_SUCCEEDED,
                    JOB_STATE_PAUSED,
                    JOB_STATE_FAILED,
                    JOB_STATE_CANCELLED,
                    UNRECOGNIZED -> false;
        };
    }

    /** A queued job gets its next attempt, with a token higher than every earlier one. */
    public Optional<Transition> launch(JobRecord record, long fencingToken, Instant now) {
        boolean tooEarly = record.notBefore() != null && now.isBefore(record.notBefore());
        if (record.job().getState() != JobState.JOB_STATE_QUEUED || tooEarly) {
            return Optional.empty();
        }
        int attempt = record.job().getAttempt() + 1;
        Job.Builder job = record.job().toBuilder()
                .setState(JobState.JOB_STATE_LAUNCHING)
                .setAttempt(attempt)
                .setResumedFromStep(record.job().getCheckpoint().getStep())
                .clearProgress();
        return step(
                record.fencedBy(fencingToken).startingNotBefore(null),
                job,
                says("Attempt " + attempt + " is launched" + Checkpoints.origin(record.job())));
    }

    /** The worker of an attempt says that it runs. */
    public Optional<Transition> started(JobRecord record, int attempt, long fencingToken, String worker, Instant now) {
        if (isStale(record, attempt, fencingToken) || record.job().getState() == JobState.JOB_STATE_RUNNING) {
            return Optional.empty();
        }
        return step(record, running(record, now), says("Runs as " + worker));
    }

    /**
     * A checkpoint of an attempt is complete: the next attempt goes on from it. One that is older than the last is ignored.
     *
     * @throws GraftException {@code INVALID_REQUEST} when the manifest lies elsewhere than the attempt may write
     */
    public Optional<Transition> checkpointed(
            JobRecord record, int attempt, long fencingToken, AttemptCheckpointed report, Instant now) {
        if (isStale(record, attempt, fencingToken)
                || report.getStep() <= record.job().getCheckpoint().getStep()) {
            return Optional.empty();
        }
        requireOwn(record, attempt, report.getManifest(), "checkpoints/" + report.getStep() + "/");
        Checkpoint checkpoint = Checkpoints.noted(report, attempt, now);
        return step(
                record,
                running(record, now).setCheckpoint(checkpoint),
                says("Checkpoint at step " + checkpoint.getStep()).setCheckpoint(checkpoint));
    }

    /** The worker of an attempt is this far. */
    public Optional<Transition> progressed(
            JobRecord record, int attempt, long fencingToken, JobProgress progress, Instant now) {
        if (isStale(record, attempt, fencingToken)) {
            return Optional.empty();
        }
        return step(
                record,
                running(record, now).setProgress(progress),
                JobEvent.newBuilder().setProgress(progress));
    }

    /**
     * An attempt's output is complete: from here on the job can't be cancelled. A job that makes no version has succeeded.
     *
     * @throws GraftException {@code INVALID_REQUEST} when the manifest lies elsewhere than the attempt may write
     */
    public Optional<Transition> committed(
            JobRecord record, int attempt, long fencingToken, AttemptCommitted commit, Instant now) {
        if (isStale(record, attempt, fencingToken)) {
            return Optional.empty();
        }
        requireOwn(record, attempt, commit.getManifest(), "outputs/");
        JobResult result = result(commit);
        JobRecord done = record.committed(commit.getManifest());
        JobEvent.Builder event = says("Output " + commit.getDigest() + " is committed");
        if (!result.equals(JobResult.getDefaultInstance())) {
            event.setResult(result);
            done = done.with(done.job().toBuilder().setResult(result).build());
        }
        if (record.plan().outputModel().isEmpty()) {
            return step(done, ended(done, JobState.JOB_STATE_SUCCEEDED, now), event);
        }
        Job.Builder job = done.job().toBuilder().setState(JobState.JOB_STATE_FINALIZING);
        return step(done, job, event, announcement(record, attempt, commit));
    }

    private static JobResult result(AttemptCommitted commit) {
        JobResult.Builder result = JobResult.newBuilder()
                .putAllMetrics(commit.getMetricsMap())
                .setReport(commit.getReport())
                .addAllRankings(commit.getRankingsList());
        if (commit.hasGate()) {
            result.setGate(commit.getGate());
        }
        if (commit.hasInvariance()) {
            result.setInvariance(commit.getInvariance());
        }
        return result.build();
    }

    private static VersionCommitted announcement(JobRecord record, int attempt, AttemptCommitted commit) {
        VersionCommitted.Builder committed = VersionCommitted.newBuilder()
                .setJob(record.job().getName())
                .setAttempt(attempt)
                .setKind(record.plan().outputKind())
                .setManifest(commit.getManifest())
                .setDigest(commit.getDigest())
                .putAllLabels(record.job().getLabelsMap());
        String line = record.plan().outputModel();
        if (ResourceName.parse("output", line) instanceof DatasetName) {
            committed.setOutputDataset(line);
        } else {
            committed.setOutputModel(line);
        }
        for (AssignmentInput input : record.plan().inputs()) {
            committed.addParents(LineageEdge.newBuilder()
                    .setParent(input.getVersion())
                    .setRole(input.getRole())
                    .setJob(record.job().getName()));
        }
        return committed.build();
    }

    /** The registry took the output. */
    public Optional<Transition> registered(JobRecord record, String version, Instant now) {
        if (record.job().getState() != JobState.JOB_STATE_FINALIZING) {
            return Optional.empty();
        }
        Job.Builder job = ended(record, JobState.JOB_STATE_SUCCEEDED, now).addOutputs(version);
        return step(record, job, says("Registered as " + version).addOutputs(version));
    }

    /** The registry refused the output. */
    public Optional<Transition> rejected(JobRecord record, JobFailure failure, Instant now) {
        if (record.job().getState() != JobState.JOB_STATE_FINALIZING) {
            return Optional.empty();
        }
        Job.Builder job = ended(record, JobState.JOB_STATE_FAILED, now).setFailure(failure);
        return step(record, job, says(failure.getMessage()).setFailure(failure));
    }

    /**
     * An attempt ended without output: another follows when the policy says so, otherwise the job fails. A job that is being
     * paused is paused then, unless trying again would not help.
     */
    public Optional<Transition> attemptFailed(
            JobRecord record, int attempt, long fencingToken, JobFailure failure, Instant now) {
        if (isStale(record, attempt, fencingToken)) {
            return Optional.empty();
        }
        boolean pausing = record.job().getState() == JobState.JOB_STATE_PAUSING;
        if (pausing && RetryPolicy.isTransient(failure.getReason())) {
            return step(record, Pauses.paused(record.job()), says(Pauses.message(record.job())));
        }
        if (retryPolicy.retries(failure.getReason(), attempt - record.job().getPauses())) {
            Job.Builder job = Checkpoints.interrupted(record.job()).setState(JobState.JOB_STATE_QUEUED);
            String message = "Attempt " + attempt + " failed and is followed by another: " + failure.getMessage();
            return step(record.startingNotBefore(now.plus(retryPolicy.delayAfter(attempt))), job, says(message));
        }
        Job.Builder job = ended(record, JobState.JOB_STATE_FAILED, now).setFailure(failure);
        return step(record, job, says(failure.getMessage()).setFailure(failure));
    }

    /**
     * The caller pauses: a job without worker at once, another as soon as its worker is gone.
     *
     * @return empty when it is paused, or being paused, already
     * @throws GraftException {@code TOO_LATE_TO_PAUSE} or {@code JOB_ALREADY_ENDED}
     */
    public Optional<Transition> pause(JobRecord record) {
        return Pauses.next(record.job())
                .flatMap(state -> step(
                        record,
                        state == JobState.JOB_STATE_PAUSED
                                ? Pauses.paused(record.job())
                                : record.job().toBuilder().setState(state),
                        says(state == JobState.JOB_STATE_PAUSED ? Pauses.message(record.job()) : "Is being paused")));
    }

    /**
     * The caller resumes: the job queues for an attempt that goes on from the last checkpoint.
     *
     * @return empty when it goes on already
     * @throws GraftException {@code JOB_NOT_PAUSED} or {@code JOB_ALREADY_ENDED}
     */
    public Optional<Transition> resume(JobRecord record) {
        if (!Pauses.mayResume(record.job())) {
            return Optional.empty();
        }
        Job.Builder job = record.job().toBuilder().setState(JobState.JOB_STATE_QUEUED);
        return step(record.startingNotBefore(null), job, says("Resumed" + Checkpoints.origin(record.job())));
    }

    /**
     * The caller cancels.
     *
     * @return empty when it is cancelled already
     * @throws GraftException {@code TOO_LATE_TO_CANCEL} or {@code JOB_ALREADY_ENDED}
     */
    public Optional<Transition> cancelled(JobRecord record, Instant now) {
        Job current = record.job();
        return switch (current.getState()) {
            case JOB_STATE_CANCELLED -> Optional.empty();
            case JOB_STATE_FINALIZING -> throw refuseCancel(ErrorCode.TOO_LATE_TO_CANCEL, current);
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED -> throw refuseCancel(ErrorCode.JOB_ALREADY_ENDED, current);
            case JOB_STATE_UNSPECIFIED,
                    JOB_STATE_VALIDATING,
                    JOB_STATE_QUEUED,
                    JOB_STATE_LAUNCHING,
                    JOB_STATE_RUNNING,
                    JOB_STATE_PAUSING,
                    JOB_STATE_PAUSED,
                    UNRECOGNIZED ->
                step(record, ended(record, JobState.JOB_STATE_CANCELLED, now), says("Cancelled by the caller"));
        };
    }

    private static GraftException refuseCancel(ErrorCode code, Job job) {
        String message = code == ErrorCode.TOO_LATE_TO_CANCEL
                ? "The job's output is committed and being registered; it can't be cancelled any more"
                : "The job has ended; there is nothing to cancel";
        return new GraftException(
                code,
                message,
                Map.of("job", job.getName(), "state", job.getState().name()));
    }

    private static boolean isStale(JobRecord record, int attempt, long fencingToken) {
        return !hasWorker(record.job().getState())
                || record.job().getAttempt() != attempt
                || record.fencingToken() != fencingToken;
    }

    private static void requireOwn(JobRecord record, int attempt, String manifest, String folder) {
        JobName name = ResourceName.parse("job", record.job().getName(), JobName.class);
        String expected = ArtifactKeys.attempt(name, attempt) + folder + ArtifactCommit.MANIFEST;
        if (!manifest.equals(expected)) {
            throw new GraftException(
                    ErrorCode.INVALID_REQUEST,
                    "The attempt must commit under its own prefix",
                    Map.of("manifest", manifest, "expected", expected));
        }
    }

    private static Job.Builder running(JobRecord record, Instant now) {
        Job.Builder job = record.job().toBuilder();
        if (job.getState() != JobState.JOB_STATE_PAUSING) {
            job.setState(JobState.JOB_STATE_RUNNING);
        }
        if (!job.hasStartTime()) {
            job.setStartTime(JobTimes.timestamp(now));
        }
        return job;
    }

    private static Job.Builder ended(JobRecord record, JobState state, Instant now) {
        return record.job().toBuilder().setState(state).setEndTime(JobTimes.timestamp(now));
    }

    private static JobEvent.Builder says(String message) {
        return JobEvent.newBuilder().setMessage(message);
    }

    private static Optional<Transition> step(
            JobRecord record, Job.Builder job, JobEvent.Builder event, Message... announcements) {
        return Optional.of(new Transition(record.with(job.build()), event.build(), List.of(announcements)));
    }
}
