package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Following;
import io.graft.cli.invocation.Interruption;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Progress;
import io.graft.v1.GetPipelineRunRequest;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunEvent;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import io.graft.v1.WatchPipelineRunRequest;
import org.jspecify.annotations.Nullable;

/** Follows a run to its end, over lost connections, and shows what its steps do. */
final class RunWatcher {
    private final Invocation invocation;

    RunWatcher(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Follows the run, prints it as it ended, and returns what the command exits with. */
    ExitCode follow(String run, long fromSequence) {
        String goOn = "The run goes on; follow it with: graft runs watch " + invocation.typed(run)
                + "\nor end it with: graft runs cancel " + invocation.typed(run);
        PipelineRun ended;
        try (Interruption interruption = invocation.onInterrupt(goOn);
                Progress progress = invocation.progress()) {
            ended = new Following<PipelineRunEvent, PipelineRun>(
                            after -> invocation
                                    .services()
                                    .pipelines()
                                    .watchPipelineRun(WatchPipelineRunRequest.newBuilder()
                                            .setName(run)
                                            .setFromSequence(after)
                                            .build()),
                            PipelineRunEvent::getSequence,
                            RunWatcher::show,
                            () -> get(run),
                            now -> exit(now.getState()) != null)
                    .toTheEnd(fromSequence, progress);
        }
        invocation.output().result(ended, out -> PipelineText.print(ended, out));
        ExitCode exit = exit(ended.getState());
        return exit == null ? ExitCode.FAILED : exit;
    }

    private PipelineRun get(String run) {
        return invocation
                .services()
                .pipelines()
                .getPipelineRun(GetPipelineRunRequest.newBuilder().setName(run).build());
    }

    private static void show(PipelineRunEvent event, Progress progress) {
        if (event.getStepsCount() == 0) {
            progress.note(PipelineText.state(event.getState()) + "  " + event.getMessage());
        }
        for (PipelineStep step : event.getStepsList()) {
            progress.note(String.format("%-10s %s  %s", PipelineText.state(step), step.getId(), step.getMessage())
                    .stripTrailing());
        }
    }

    /** What a command that waits for a run exits with; null while it goes on. */
    private static @Nullable ExitCode exit(PipelineRunState state) {
        return switch (state) {
            case PIPELINE_RUN_STATE_SUCCEEDED -> ExitCode.OK;
            case PIPELINE_RUN_STATE_HELD -> ExitCode.NOT_PASSED;
            case PIPELINE_RUN_STATE_FAILED, PIPELINE_RUN_STATE_CANCELLED, PIPELINE_RUN_STATE_PASSED_OVER ->
                ExitCode.FAILED;
            case PIPELINE_RUN_STATE_UNSPECIFIED,
                    PIPELINE_RUN_STATE_QUEUED,
                    PIPELINE_RUN_STATE_RUNNING,
                    PIPELINE_RUN_STATE_WAITING,
                    UNRECOGNIZED -> null;
        };
    }
}
