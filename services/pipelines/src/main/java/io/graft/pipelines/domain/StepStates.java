package io.graft.pipelines.domain;

import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStepState;
import java.util.Locale;

/** What the states of runs and steps mean. */
public final class StepStates {
    private StepStates() {}

    /** Whether a step never leaves the state. */
    public static boolean isTerminal(PipelineStepState state) {
        return switch (state) {
            case PIPELINE_STEP_STATE_SUCCEEDED,
                    PIPELINE_STEP_STATE_FAILED,
                    PIPELINE_STEP_STATE_HELD,
                    PIPELINE_STEP_STATE_REJECTED,
                    PIPELINE_STEP_STATE_SKIPPED,
                    PIPELINE_STEP_STATE_CANCELLED -> true;
            case PIPELINE_STEP_STATE_UNSPECIFIED,
                    PIPELINE_STEP_STATE_PENDING,
                    PIPELINE_STEP_STATE_STARTING,
                    PIPELINE_STEP_STATE_RUNNING,
                    PIPELINE_STEP_STATE_WAITING,
                    PIPELINE_STEP_STATE_STOPPING,
                    UNRECOGNIZED -> false;
        };
    }

    /** Whether a run never leaves the state. */
    public static boolean isTerminal(PipelineRunState state) {
        return switch (state) {
            case PIPELINE_RUN_STATE_SUCCEEDED,
                    PIPELINE_RUN_STATE_HELD,
                    PIPELINE_RUN_STATE_FAILED,
                    PIPELINE_RUN_STATE_CANCELLED,
                    PIPELINE_RUN_STATE_PASSED_OVER -> true;
            case PIPELINE_RUN_STATE_UNSPECIFIED,
                    PIPELINE_RUN_STATE_QUEUED,
                    PIPELINE_RUN_STATE_RUNNING,
                    PIPELINE_RUN_STATE_WAITING,
                    UNRECOGNIZED -> false;
        };
    }

    /** Whether what the step did, if it did anything, is to be undone with its list. */
    static boolean isSetback(PipelineStepState state) {
        return state == PipelineStepState.PIPELINE_STEP_STATE_FAILED || isHeld(state);
    }

    /** Whether a gate or a person stopped it. */
    static boolean isHeld(PipelineStepState state) {
        return state == PipelineStepState.PIPELINE_STEP_STATE_HELD
                || state == PipelineStepState.PIPELINE_STEP_STATE_REJECTED;
    }

    /** The state without its prefix, in lower case. */
    static String text(PipelineStepState state) {
        return state.name().substring("PIPELINE_STEP_STATE_".length()).toLowerCase(Locale.ROOT);
    }
}
