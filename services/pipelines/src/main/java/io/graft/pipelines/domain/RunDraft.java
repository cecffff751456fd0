package io.graft.pipelines.domain;

import com.google.protobuf.Timestamp;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import io.graft.v1.StepResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A run while it is being changed. Not thread-safe. */
final class RunDraft {
    private final PipelineRun.Builder run;
    private final Map<String, PipelineStep> steps = new LinkedHashMap<>();
    private final Instant now;

    RunDraft(PipelineRun run, Instant now) {
        this.run = run.toBuilder();
        this.now = now;
        run.getStepsList().forEach(step -> steps.put(step.getId(), step));
    }

    PipelineRun.Builder run() {
        return run;
    }

    Instant now() {
        return now;
    }

    List<PipelineStep> steps() {
        return List.copyOf(steps.values());
    }

    PipelineStep step(String id) {
        return Objects.requireNonNull(steps.get(id), id);
    }

    /** Adds steps behind the others. */
    void add(List<PipelineStep> more) {
        more.forEach(step -> steps.putIfAbsent(step.getId(), step));
    }

    /** Changes a step; when it comes to an end the time of it is noted. */
    void put(PipelineStep.Builder step) {
        if (StepStates.isTerminal(step.getState()) && !step.hasEndTime()) {
            step.setEndTime(time(now));
        }
        steps.put(step.getId(), step.build());
    }

    /** Ends a step without success. */
    void end(PipelineStep step, PipelineStepState state, String message) {
        put(step.toBuilder().setState(state).setMessage(message));
    }

    /** Ends a step well. */
    void succeed(PipelineStep step, StepResult.Builder result) {
        put(step.toBuilder()
                .setState(PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED)
                .setResult(result.setSucceeded(true))
                .clearMessage());
    }

    /** The run as it stands. */
    PipelineRun view() {
        return run.clone().clearSteps().addAllSteps(steps.values()).build();
    }

    static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
