package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.CancelPipelineRunRequest;
import io.graft.v1.PipelineRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Cancel a run: its jobs are cancelled, nothing new begins.")
final class RunsCancel implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "PIPELINE/RUN, or the run's full name")
    String run = "";

    @Option(names = "--etag", paramLabel = "ETAG", description = "refuse when the run changed since")
    String etag = "";

    @Option(names = "--validate-only", description = "only check whether it could be cancelled now")
    boolean validateOnly;

    private final Invocation invocation;

    RunsCancel(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        PipelineRun cancelled = invocation
                .services()
                .pipelines()
                .cancelPipelineRun(CancelPipelineRunRequest.newBuilder()
                        .setName(invocation.names().pipelineRun(run))
                        .setEtag(etag)
                        .setValidateOnly(validateOnly)
                        .build());
        invocation.output().result(cancelled, out -> PipelineText.print(cancelled, out));
        return ExitCode.OK.value();
    }
}
