package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.GetPipelineRequest;
import io.graft.v1.Pipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "get", description = "Show a pipeline and its document.")
final class PipelineGet implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's id or full name")
    String pipeline = "";

    @Option(names = "--revision", paramLabel = "N", description = "an earlier revision (default 0: the newest)")
    long revision;

    private final Invocation invocation;

    PipelineGet(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Pipeline found = invocation
                .services()
                .pipelines()
                .getPipeline(GetPipelineRequest.newBuilder()
                        .setName(invocation.names().pipeline(pipeline))
                        .setRevision(revision)
                        .build());
        invocation.output().result(found, out -> {
            PipelineText.print(found, out);
            out.println();
            out.println(found.getDocument().stripTrailing());
        });
        return ExitCode.OK.value();
    }
}
