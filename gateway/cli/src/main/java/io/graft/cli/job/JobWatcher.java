package io.graft.cli.job;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Following;
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
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Follows a job to its end, over lost connections, and shows how far it is. */
public final class JobWatcher {
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
            return new Following<JobEvent, Job>(
                            after -> invocation
                                    .services()
                                    .jobs()
                                    .watchJob(WatchJobRequest.newBuilder()
                                            .setName(job)
                                            .setFromSequence(after)
                                            .build()),
                            JobEvent::getSequence,
                            JobWatcher::show,
                            () -> get(job),
                            now -> isTerminal(now.getState()))
                    .toTheEnd(fromSequence, progress);
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
}
