package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument.Retries;
import io.graft.v1.FailureReason;
import io.graft.v1.GateDecision;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import io.graft.v1.StepResult;

/** What the state of its job means for a step. */
final class JobOutcome {
    private JobOutcome() {}

    static void apply(RunDraft draft, Retries retries, PipelineStep step, Job job) {
        PipelineStep named = step.toBuilder().setJob(job.getName()).build();
        boolean stopping = step.getState() == PipelineStepState.PIPELINE_STEP_STATE_STOPPING;
        switch (job.getState()) {
            case JOB_STATE_SUCCEEDED -> {
                if (stopping && !step.getTimedOut()) {
                    draft.end(
                            named,
                            PipelineStepState.PIPELINE_STEP_STATE_CANCELLED,
                            "The job ended before it was cancelled");
                } else {
                    draft.succeed(named, result(job));
                }
            }
            case JOB_STATE_FAILED -> failed(draft, retries, named, job);
            case JOB_STATE_CANCELLED -> cancelled(draft, named, stopping);
            case JOB_STATE_UNSPECIFIED,
                    JOB_STATE_VALIDATING,
                    JOB_STATE_QUEUED,
                    JOB_STATE_LAUNCHING,
                    JOB_STATE_RUNNING,
                    JOB_STATE_FINALIZING,
                    JOB_STATE_PAUSING,
                    JOB_STATE_PAUSED,
                    UNRECOGNIZED -> {
                PipelineStep.Builder running = named.toBuilder().clearMessage();
                if (!stopping) {
                    running.setState(PipelineStepState.PIPELINE_STEP_STATE_RUNNING)
                            .clearNotBefore();
                }
                draft.put(running);
            }
        }
    }

    private static void failed(RunDraft draft, Retries retries, PipelineStep step, Job job) {
        FailureReason reason = job.getFailure().getReason();
        boolean helpless =
                reason == FailureReason.FAILURE_REASON_USER_ERROR || reason == FailureReason.FAILURE_REASON_DATA;
        boolean stopping = step.getState() == PipelineStepState.PIPELINE_STEP_STATE_STOPPING;
        String message = job.getName() + " failed: " + job.getFailure().getMessage();
        if (helpless || stopping || step.getAttempt() > retries.max()) {
            draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_FAILED, message);
            return;
        }
        int next = step.getAttempt() + 1;
        draft.put(step.toBuilder()
                .setState(PipelineStepState.PIPELINE_STEP_STATE_STARTING)
                .setAttempt(next)
                .clearJob()
                .setMessage(message)
                .setNotBefore(RunDraft.time(draft.now().plus(retries.before(next)))));
    }

    private static void cancelled(RunDraft draft, PipelineStep step, boolean stopping) {
        if (step.getTimedOut()) {
            draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_FAILED, "It was not done in time");
        } else if (stopping) {
            draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_CANCELLED, "Cancelled with its run");
        } else {
            draft.end(step, PipelineStepState.PIPELINE_STEP_STATE_FAILED, step.getJob() + " was cancelled");
        }
    }

    /** What later steps see of a job that succeeded. */
    static StepResult.Builder result(Job job) {
        StepResult.Builder result = StepResult.newBuilder()
                .addAllOutputs(job.getOutputsList())
                .putAllMetrics(job.getResult().getMetricsMap());
        if (job.getOutputsCount() > 0) {
            result.setOutput(job.getOutputs(0));
        }
        if (job.getResult().hasGate()) {
            GateDecision decision = job.getResult().getGate().getDecision();
            result.setGate(job.getResult().getGate()).setVerdict(decision.name().replace("GATE_DECISION_", ""));
        }
        return result;
    }

    /** Whether a job's state is worth telling its step of. */
    static boolean isNews(Job job) {
        return job.getState() == JobState.JOB_STATE_SUCCEEDED
                || job.getState() == JobState.JOB_STATE_FAILED
                || job.getState() == JobState.JOB_STATE_CANCELLED;
    }
}
