package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.GetPipelineRunRequest;
import io.graft.v1.PipelineRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show a run with its steps.")
final class RunsGet implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "PIPELINE/RUN, or the run's full name")
    String run = "";

    private final Invocation invocation;

    RunsGet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        PipelineRun found = invocation
                .services()
                .pipelines()
                .getPipelineRun(GetPipelineRunRequest.newBuilder()
                        .setName(invocation.names().pipelineRun(run))
                        .build());
        invocation.output().result(found, out -> PipelineText.print(found, out));
        return ExitCode.OK.value();
    }
}
