package io.graft.platform.job;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import java.util.Map;
import java.util.Optional;

/** What pausing and resuming mean in each state. */
final class Pauses {
    private Pauses() {}

    /**
     * The state that pausing leads to; empty when there is nothing to do.
     *
     * @throws GraftException {@code TOO_LATE_TO_PAUSE} or {@code JOB_ALREADY_ENDED}
     */
    static Optional<JobState> next(Job job) {
        return switch (job.getState()) {
            case JOB_STATE_PAUSING, JOB_STATE_PAUSED -> Optional.empty();
            case JOB_STATE_LAUNCHING, JOB_STATE_RUNNING -> Optional.of(JobState.JOB_STATE_PAUSING);
            case JOB_STATE_UNSPECIFIED, JOB_STATE_VALIDATING, JOB_STATE_QUEUED, UNRECOGNIZED ->
                Optional.of(JobState.JOB_STATE_PAUSED);
            case JOB_STATE_FINALIZING ->
                throw refused(
                        ErrorCode.TOO_LATE_TO_PAUSE,
                        job,
                        "The job's output is committed and being registered; there is no work left to pause");
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED, JOB_STATE_CANCELLED -> throw ended(job);
        };
    }

    /**
     * Whether resuming has something to do.
     *
     * @throws GraftException {@code JOB_NOT_PAUSED} or {@code JOB_ALREADY_ENDED}
     */
    static boolean mayResume(Job job) {
        return switch (job.getState()) {
            case JOB_STATE_PAUSED -> true;
            case JOB_STATE_UNSPECIFIED,
                    JOB_STATE_VALIDATING,
                    JOB_STATE_QUEUED,
                    JOB_STATE_LAUNCHING,
                    JOB_STATE_RUNNING,
                    UNRECOGNIZED -> false;
            case JOB_STATE_PAUSING ->
                throw refused(
                        ErrorCode.JOB_NOT_PAUSED, job, "The job is still being paused; resume it once it is paused");
            case JOB_STATE_FINALIZING ->
                throw refused(
                        ErrorCode.JOB_NOT_PAUSED,
                        job,
                        "The job's output is being registered; there is nothing to resume");
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED, JOB_STATE_CANCELLED -> throw ended(job);
        };
    }

    /** The job without worker. */
    static Job.Builder paused(Job job) {
        return Checkpoints.interrupted(job)
                .setState(JobState.JOB_STATE_PAUSED)
                .setPauses(job.getPauses() + (JobMachine.hasWorker(job.getState()) ? 1 : 0));
    }

    /** What a pause keeps and what it costs, for a person. */
    static String message(Job job) {
        if (job.getAttempt() == 0) {
            return "Paused before it began";
        }
        if (!job.hasCheckpoint()) {
            return "Paused without a checkpoint; it begins anew when it is resumed";
        }
        long lost = Checkpoints.lost(job);
        String kept = "Paused after step " + job.getCheckpoint().getStep();
        return lost == 0 ? kept : kept + "; " + lost + " steps since then are done again";
    }

    private static GraftException ended(Job job) {
        return refused(ErrorCode.JOB_ALREADY_ENDED, job, "The job has ended; submit another one");
    }

    private static GraftException refused(ErrorCode code, Job job, String message) {
        return new GraftException(
                code,
                message,
                Map.of("job", job.getName(), "state", job.getState().name()));
    }
}
