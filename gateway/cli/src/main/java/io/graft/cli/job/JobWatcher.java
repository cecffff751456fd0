package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Interruption;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Progress;
import io.graft.v1.GateDecision;
import io.graft.v1.GetJobRequest;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobProgress;
import io.graft.v1.JobState;
import io.graft.v1.WatchJobRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;

/** Follows a job to its end, over lost connections, and shows how far it is. */
public final class JobWatcher {
    /** Connections lost in a row, without an event between, before it gives up. */
    private static final int MAX_LOST = 8;

    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final Invocation invocation;

    public JobWatcher(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Follows the job, prints it as it ended, and returns what the command exits with. */
    public ExitCode follow(String job, long fromSequence) {
        Job ended = await(job, fromSequence);
        invocation.output().result(ended, out -> JobText.print(ended, out));
        if (ended.getState() != JobState.JOB_STATE_SUCCEEDED) {
            return ExitCode.FAILED;
        }
        boolean isHeldBack = ended.getResult().hasGate()
                && ended.getResult().getGate().getDecision() != GateDecision.GATE_DECISION_PASS;
        return isHeldBack ? ExitCode.NOT_PASSED : ExitCode.OK;
    }

    /**
     * Follows the job and returns it in its terminal state.
     *
     * @throws StatusRuntimeException when the service stays away
     */
    public Job await(String job, long fromSequence) {
        String goOn = "The job goes on; follow it with: graft jobs watch " + invocation.typed(job)
                + "\nor end it with: graft jobs cancel " + invocation.typed(job);
        try (Interruption interruption = invocation.onInterrupt(goOn);
                Progress progress = invocation.progress()) {
            long seen = fromSequence;
            int lost = 0;
            while (true) {
                try {
                    long last = follow(job, seen, progress);
                    Job now = get(job);
                    if (isTerminal(now.getState())) {
                        return now;
                    }
                    lost = last > seen ? 0 : lost + 1;
                    seen = last;
                } catch (Disconnected disconnected) {
                    lost = disconnected.seen > seen ? 1 : lost + 1;
                    seen = disconnected.seen;
                    if (lost > MAX_LOST) {
                        throw disconnected.call;
                    }
                    progress.note("The connection is lost; trying again from event " + seen);
                }
                LockSupport.parkNanos(pause(lost).toNanos());
            }
        }
    }

    private long follow(String job, long after, Progress progress) {
        long seen = after;
        try {
            Iterator<JobEvent> events = invocation
                    .services()
                    .jobs()
                    .watchJob(WatchJobRequest.newBuilder()
                            .setName(job)
                            .setFromSequence(after)
                            .build());
            while (events.hasNext()) {
                JobEvent event = events.next();
                show(event, progress);
                seen = event.getSequence();
            }
            return seen;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                throw new Disconnected(seen, e);
            }
            throw e;
        }
    }

    private Job get(String job) {
        return invocation
                .services()
                .jobs()
                .getJob(GetJobRequest.newBuilder().setName(job).build());
    }

    private static void show(JobEvent event, Progress progress) {
        if (event.hasProgress()) {
            JobProgress at = event.getProgress();
            progress.update(at.getStage(), at.getStep(), at.getOf(), detail(at));
        } else {
            progress.note(String.format("%-10s %s", JobText.state(event.getState()), event.getMessage())
                    .stripTrailing());
        }
    }

    private static String detail(JobProgress at) {
        String of = at.getOf() == 0 ? "" : "/" + Figures.count(at.getOf());
        String left =
                at.hasEta() ? "  " + Figures.span(Duration.ofSeconds(at.getEta().getSeconds())) + " left" : "";
        String loss = at.containsMetrics("loss") ? "  loss " + Figures.number(at.getMetricsOrThrow("loss")) : "";
        return Figures.count(at.getStep()) + of + loss + left;
    }

    private static boolean isTerminal(JobState state) {
        return state == JobState.JOB_STATE_SUCCEEDED
                || state == JobState.JOB_STATE_FAILED
                || state == JobState.JOB_STATE_CANCELLED;
    }

    private static Duration pause(int lost) {
        Duration pause = Duration.ofMillis(200L << Math.min(lost, 10));
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }

    /** The stream broke after event {@code seen}. */
    private static final class Disconnected extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long seen;
        private final transient StatusRuntimeException call;

        Disconnected(long seen, StatusRuntimeException call) {
            super(call);
            this.seen = seen;
            this.call = call;
        }
    }
}
