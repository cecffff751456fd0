package io.graft.pipelines.domain;

import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a run is to be looked at next, if nothing happens to it before. */
public final class NextLook {
    /** How long the end of a job is waited for before it is asked after: events are faster. */
    static final Duration POLL = Duration.ofSeconds(10);

    private static final Duration STOPPING_POLL = Duration.ofSeconds(1);
    private static final Duration QUEUE_POLL = Duration.ofSeconds(2);

    private NextLook() {}

    /** Empty when nothing but a person or an event moves it. */
    public static Optional<Instant> of(PipelineRun run, Instant now) {
        if (StepStates.isTerminal(run.getState())) {
            return Optional.empty();
        }
        if (run.getState() == PipelineRunState.PIPELINE_RUN_STATE_QUEUED) {
            return Optional.of(now.plus(QUEUE_POLL));
        }
        return run.getStepsList().stream().flatMap(step -> of(step, now)).min(Instant::compareTo);
    }

    private static Stream<Instant> of(PipelineStep step, Instant now) {
        Stream<Instant> own = switch (step.getState()) {
            case PIPELINE_STEP_STATE_STARTING ->
                Stream.of(step.hasNotBefore() ? RunDraft.instant(step.getNotBefore()) : now);
            case PIPELINE_STEP_STATE_RUNNING ->
                step.getType().equals("each") ? Stream.empty() : Stream.of(now.plus(POLL));
            case PIPELINE_STEP_STATE_STOPPING -> Stream.of(now.plus(STOPPING_POLL));
            case PIPELINE_STEP_STATE_UNSPECIFIED,
                    PIPELINE_STEP_STATE_PENDING,
                    PIPELINE_STEP_STATE_WAITING,
                    PIPELINE_STEP_STATE_SUCCEEDED,
                    PIPELINE_STEP_STATE_FAILED,
                    PIPELINE_STEP_STATE_HELD,
                    PIPELINE_STEP_STATE_REJECTED,
                    PIPELINE_STEP_STATE_SKIPPED,
                    PIPELINE_STEP_STATE_CANCELLED,
                    UNRECOGNIZED -> Stream.empty();
        };
        boolean waits = step.hasDeadline() && !StepStates.isTerminal(step.getState());
        return waits ? Stream.concat(own, Stream.of(RunDraft.instant(step.getDeadline()))) : own;
    }
}
