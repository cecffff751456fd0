package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.ApproveStepRequest;
import io.graft.v1.PipelineRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "approve", description = "Approve a step that waits; the run goes on.")
final class RunsApprove implements Callable<Integer> {
    @Mixin
    DecisionOptions decision = new DecisionOptions();

    private final Invocation invocation;

    RunsApprove(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        PipelineRun decided = invocation
                .services()
                .pipelines()
                .approveStep(ApproveStepRequest.newBuilder()
                        .setName(invocation.names().pipelineRun(decision.run))
                        .setStep(decision.step)
                        .setComment(decision.comment)
                        .setEtag(decision.etag)
                        .setValidateOnly(decision.validateOnly)
                        .build());
        invocation.output().result(decided, out -> PipelineText.print(decided, out));
        return ExitCode.OK.value();
    }
}
