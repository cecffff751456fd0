package io.graft.cli.demo;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.failure.Problem;
import io.graft.cli.file.RequestIds;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.JobWatcher;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobState;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.VersionPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Submits the demonstration's graft, once for the same inputs however often it is run, and waits for its end. */
final class DemoGraft {
    static final String OUTPUT_MODEL = "e5-small-v2-grafted";

    private final Invocation invocation;

    DemoGraft(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The job, succeeded. A job of an earlier run that failed or was cancelled is followed by a new one. */
    Job run(List<DemoInput> inputs, double lambda) {
        GraftSpec spec = spec(inputs, lambda);
        String requestId = requestId(inputs, spec);
        Job job = submit(spec, requestId);
        for (int again = 2; isLost(job.getState()); again++) {
            job = submit(spec, requestId + "-" + again);
        }
        invocation.output().note("Job " + job.getName());
        Job ended = new JobWatcher(invocation).await(job.getName(), 0);
        if (ended.getState() != JobState.JOB_STATE_SUCCEEDED) {
            throw failed(ended);
        }
        return ended;
    }

    /** The request id that follows from what the inputs hold and from what is to be done with them. */
    static String requestId(List<DemoInput> inputs, GraftSpec spec) {
        SubmitGraftRequest.Builder content = SubmitGraftRequest.newBuilder().setSpec(spec);
        inputs.forEach(input -> content.putLabels(input.role(), input.version().getDigest()));
        return RequestIds.of("demo", content.build());
    }

    static GraftSpec spec(List<DemoInput> inputs, double lambda) {
        String target = inputs.get(DemoModel.TARGET.ordinal()).version().getName();
        return GraftSpec.newBuilder()
                .setSource(VersionPair.newBuilder()
                        .setBase(inputs.get(DemoModel.SOURCE_BASE.ordinal())
                                .version()
                                .getName())
                        .setFinetuned(inputs.get(DemoModel.SOURCE_FINETUNED.ordinal())
                                .version()
                                .getName()))
                .setTarget(target)
                .setOutputModel(target.substring(0, target.indexOf("/models/")) + "/models/" + OUTPUT_MODEL)
                .setLambda(lambda)
                .build();
    }

    private Job submit(GraftSpec spec, String requestId) {
        return invocation
                .services()
                .transfer()
                .submitGraft(SubmitGraftRequest.newBuilder()
                        .setParent(invocation.names().tenant())
                        .setSpec(spec)
                        .setRequestId(requestId)
                        .build());
    }

    private static boolean isLost(JobState state) {
        return state == JobState.JOB_STATE_FAILED || state == JobState.JOB_STATE_CANCELLED;
    }

    private static CommandException failed(Job job) {
        JobFailure failure = job.getFailure();
        Map<String, String> facts = new HashMap<>(failure.getMetadataMap());
        facts.put("job", job.getName());
        boolean cancelled = job.getState() == JobState.JOB_STATE_CANCELLED;
        return new CommandException(
                Problem.local(
                        ExitCode.FAILED,
                        cancelled ? "CANCELLED" : failure.getCode(),
                        cancelled ? job.getName() + " was cancelled" : failure.getMessage(),
                        facts),
                null);
    }
}
