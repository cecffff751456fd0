package io.graft.platform.submission;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.graft.platform.job.JobPlan;
import io.graft.v1.ArtifactKind;
import io.graft.v1.Job;
import io.graft.v1.JobEstimate;
import io.graft.v1.JobState;
import java.util.List;

/**
 * A submission that passed every check.
 *
 * @param spec the effective specification
 * @param inputs what the worker pulls
 * @param outputModel resource name of the model, or data set, that gets the result; empty for a job that only measures
 * @param outputKind what the result is; unspecified for a data set, and for a job that only measures
 * @param warnings what is odd but allowed
 */
public record Draft(
        Message spec,
        List<? extends Input> inputs,
        String outputModel,
        ArtifactKind outputKind,
        JobEstimate estimate,
        List<String> warnings) {
    public Draft {
        inputs = List.copyOf(inputs);
        warnings = List.copyOf(warnings);
    }

    JobPlan plan() {
        return new JobPlan(inputs.stream().map(Input::assignment).toList(), outputModel, outputKind);
    }

    /** The job without name and what the call adds. */
    Job.Builder job(String kind) {
        Job.Builder job = Job.newBuilder()
                .setKind(kind)
                .setState(JobState.JOB_STATE_QUEUED)
                .setSpec(Any.pack(spec))
                .setEstimate(estimate)
                .addAllWarnings(warnings);
        inputs.forEach(input -> job.addInputs(input.name()));
        return job;
    }
}
