package io.graft.platform.jobs;

import com.google.protobuf.Timestamp;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.job.JobTimes;
import io.graft.platform.launch.Launcher;
import io.graft.platform.launch.WorkerStatus;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import java.time.Duration;

/**
 * What one job needs now. Every step looks at the job afresh and can be cut off anywhere: the next look goes on from what it
 * finds in the database, in the artifact store and at the launcher.
 */
final class JobCare {
    private final JobStore store;
    private final Launcher launcher;
    private final AttemptStart attemptStart;
    private final AttemptEnd attemptEnd;
    private final Sweeper sweeper;
    private final ReconcilerSettings settings;
    private final String owner;

    JobCare(
            JobStore store,
            ArtifactStore artifacts,
            Launcher launcher,
            JobMachine machine,
            EventFlow flow,
            ReconcilerSettings settings,
            String owner) {
        this.store = store;
        this.launcher = launcher;
        this.attemptStart = new AttemptStart(store, artifacts, launcher, machine, settings);
        this.attemptEnd = new AttemptEnd(store, artifacts, machine, flow, settings);
        this.sweeper = new Sweeper(artifacts);
        this.settings = settings;
        this.owner = owner;
    }

    /** @param mayLaunch whether there is a place for one more worker */
    void attend(String name, boolean mayLaunch) {
        store.find(name).ifPresent(record -> attend(record, mayLaunch));
    }

    private void attend(JobRecord record, boolean mayLaunch) {
        Job job = record.job();
        switch (job.getState()) {
            case JOB_STATE_QUEUED -> {
                if (isRetired(record)) {
                    leaveQueue(record, mayLaunch);
                }
            }
            case JOB_STATE_LAUNCHING, JOB_STATE_RUNNING -> supervise(record);
            case JOB_STATE_PAUSING -> endForPause(record);
            case JOB_STATE_FINALIZING, JOB_STATE_PAUSED -> {
                if (isRetired(record)) {
                    store.release(owner, job.getName());
                }
            }
            case JOB_STATE_SUCCEEDED, JOB_STATE_FAILED, JOB_STATE_CANCELLED -> {
                if (isRetired(record) && isOver(job.getEndTime(), settings.sweepGrace())) {
                    sweeper.sweep(record);
                    store.swept(job.getName());
                }
            }
            case JOB_STATE_UNSPECIFIED, JOB_STATE_VALIDATING, UNRECOGNIZED -> {}
        }
    }

    private void leaveQueue(JobRecord record, boolean mayLaunch) {
        if (mayLaunch) {
            attemptStart.next(record);
        } else {
            store.release(owner, record.job().getName());
        }
    }

    /** Asks the worker to leave; before it does it takes a checkpoint if its kind keeps any. */
    private void endForPause(JobRecord record) {
        String name = record.job().getName();
        int attempt = record.job().getAttempt();
        switch (launcher.status(name, attempt)) {
            case WorkerStatus.Running ignored -> launcher.stop(name, attempt, settings.pauseGrace());
            case WorkerStatus.Exited exited -> attemptEnd.settle(record, exited);
            case WorkerStatus.Absent ignored -> attemptEnd.settleLost(record);
        }
    }

    private void supervise(JobRecord record) {
        sweeper.sweepCheckpoints(record.job());
        WorkerStatus status =
                launcher.status(record.job().getName(), record.job().getAttempt());
        switch (status) {
            case WorkerStatus.Running ignored -> attemptEnd.giveUpWhenSilent(record);
            case WorkerStatus.Exited exited -> attemptEnd.settle(record, exited);
            case WorkerStatus.Absent ignored
            when record.job().getState() == JobState.JOB_STATE_LAUNCHING -> {
                attemptEnd.giveUpWhenSilent(record);
                attemptStart.again(record.job().getName(), record.fencingToken());
            }
            case WorkerStatus.Absent ignored -> attemptEnd.settleLost(record);
        }
    }

    /** Whether nothing is left of the current attempt's worker; sees to it otherwise. */
    private boolean isRetired(JobRecord record) {
        Job job = record.job();
        if (job.getAttempt() == 0) {
            return true;
        }
        return switch (launcher.status(job.getName(), job.getAttempt())) {
            case WorkerStatus.Absent ignored -> true;
            case WorkerStatus.Exited ignored -> {
                launcher.clean(job.getName(), job.getAttempt());
                yield true;
            }
            case WorkerStatus.Running ignored -> {
                if (!mayFinish(job)) {
                    launcher.stop(job.getName(), job.getAttempt(), settings.stopGrace());
                }
                yield false;
            }
        };
    }

    /** A worker that has just committed ends by itself. */
    private boolean mayFinish(Job job) {
        return switch (job.getState()) {
            case JOB_STATE_FINALIZING, JOB_STATE_SUCCEEDED -> !isOver(job.getUpdateTime(), settings.stopGrace());
            case JOB_STATE_UNSPECIFIED,
                    JOB_STATE_VALIDATING,
                    JOB_STATE_QUEUED,
                    JOB_STATE_LAUNCHING,
                    JOB_STATE_RUNNING,
                    JOB_STATE_PAUSING,
                    JOB_STATE_PAUSED,
                    JOB_STATE_FAILED,
                    JOB_STATE_CANCELLED,
                    UNRECOGNIZED -> false;
        };
    }

    private boolean isOver(Timestamp since, Duration time) {
        return !store.now().isBefore(JobTimes.instant(since).plus(time));
    }
}
