package io.graft.cli.demo;

import com.google.protobuf.Message;
import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.failure.Problem;
import io.graft.cli.file.RequestIds;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.JobWatcher;
import io.graft.v1.DiffSpec;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.GraftSpec;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobState;
import io.graft.v1.MergeSpec;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.SubmitGraftRequest;
import io.graft.v1.SubmitMergeRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Submits the demonstration's jobs, each once for the same specification however often it is run, and waits for their ends. */
final class DemoJobs {
    private final Invocation invocation;

    DemoJobs(Invocation invocation) {
        this.invocation = invocation;
    }

    Job finetune(FinetuneSpec spec) {
        return run(
                spec,
                id -> invocation
                        .services()
                        .finetuning()
                        .submitFinetune(SubmitFinetuneRequest.newBuilder()
                                .setParent(invocation.names().tenant())
                                .setSpec(spec)
                                .setRequestId(id)
                                .build()));
    }

    Job merge(MergeSpec spec) {
        return run(
                spec,
                id -> invocation
                        .services()
                        .finetuning()
                        .submitMerge(SubmitMergeRequest.newBuilder()
                                .setParent(invocation.names().tenant())
                                .setSpec(spec)
                                .setRequestId(id)
                                .build()));
    }

    Job diff(DiffSpec spec) {
        return run(
                spec,
                id -> invocation
                        .services()
                        .transfer()
                        .submitDiff(SubmitDiffRequest.newBuilder()
                                .setParent(invocation.names().tenant())
                                .setSpec(spec)
                                .setRequestId(id)
                                .build()));
    }

    Job graft(GraftSpec spec) {
        return run(
                spec,
                id -> invocation
                        .services()
                        .transfer()
                        .submitGraft(SubmitGraftRequest.newBuilder()
                                .setParent(invocation.names().tenant())
                                .setSpec(spec)
                                .setRequestId(id)
                                .build()));
    }

    Job evaluate(EvaluateSpec spec) {
        return run(
                spec,
                id -> invocation
                        .services()
                        .evaluation()
                        .submitEvaluation(SubmitEvaluationRequest.newBuilder()
                                .setParent(invocation.names().tenant())
                                .setSpec(spec)
                                .setRequestId(id)
                                .build()));
    }

    /** The job, succeeded. A job of an earlier run that failed or was cancelled is followed by a new one. */
    private Job run(Message spec, Function<String, Job> submit) {
        String requestId = RequestIds.of("demo", spec);
        Job job = submit.apply(requestId);
        for (int again = 2; isLost(job.getState()); again++) {
            job = submit.apply(requestId + "-" + again);
        }
        Job ended = new JobWatcher(invocation).await(job.getName(), 0);
        if (ended.getState() != JobState.JOB_STATE_SUCCEEDED) {
            throw failed(ended);
        }
        return ended;
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
