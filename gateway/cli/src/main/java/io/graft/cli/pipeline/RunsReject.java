package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.PipelineRun;
import io.graft.v1.RejectStepRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "reject", description = "Reject a step that waits; the run ends held.")
final class RunsReject implements Callable<Integer> {
    @Mixin
    DecisionOptions decision = new DecisionOptions();

    private final Invocation invocation;

    RunsReject(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        PipelineRun decided = invocation
                .services()
                .pipelines()
                .rejectStep(RejectStepRequest.newBuilder()
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
