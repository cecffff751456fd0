package io.graft.pipelines.domain;

import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.platform.resource.ResourceName.PipelineName;
import io.graft.platform.resource.ResourceName.PipelineRunName;
import io.graft.v1.Job;
import java.util.Map;
import java.util.Optional;

/**
 * Which job an attempt of a step has: the only one with its request id, and found by its labels.
 *
 * @param step id of the step in the run
 */
record StepJob(PipelineRunName run, String step, int attempt) {
    private static final String PIPELINE = "pipeline";
    private static final String RUN = "pipeline_run";
    private static final String STEP = "pipeline_step";
    private static final String ATTEMPT = "pipeline_attempt";

    String requestId() {
        return run.run() + "/" + step + "/" + attempt;
    }

    Map<String, String> labels() {
        return Map.of(
                PIPELINE, run.pipeline().pipeline(), RUN, run.run(), STEP, step, ATTEMPT, Integer.toString(attempt));
    }

    /** The attempt that a job belongs to; empty when it says none, or says it without the attempt's request id. */
    static Optional<StepJob> of(Job job) {
        Map<String, String> labels = job.getLabelsMap();
        boolean labelled = labels.containsKey(PIPELINE)
                && labels.containsKey(RUN)
                && labels.containsKey(STEP)
                && labels.getOrDefault(ATTEMPT, "").matches("[1-9][0-9]{0,2}");
        if (!labelled) {
            return Optional.empty();
        }
        String tenant = ResourceName.parse("job", job.getName(), JobName.class).tenant();
        StepJob named = new StepJob(
                new PipelineRunName(
                        new PipelineName(tenant, labels.getOrDefault(PIPELINE, "")), labels.getOrDefault(RUN, "")),
                labels.getOrDefault(STEP, ""),
                Integer.parseInt(labels.getOrDefault(ATTEMPT, "")));
        return Optional.of(named).filter(found -> found.requestId().equals(job.getRequestId()));
    }
}
