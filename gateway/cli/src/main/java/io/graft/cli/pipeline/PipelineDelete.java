package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.DeletePipelineRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a pipeline. Its runs go on, and stay readable.")
final class PipelineDelete implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's id or full name")
    String pipeline = "";

    @Option(names = "--etag", paramLabel = "ETAG", description = "refuse when the pipeline changed since")
    String etag = "";

    @Option(names = "--validate-only", description = "only check whether it could be deleted")
    boolean validateOnly;

    private final Invocation invocation;

    PipelineDelete(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String name = invocation.names().pipeline(pipeline);
        var answer = invocation
                .services()
                .pipelines()
                .deletePipeline(DeletePipelineRequest.newBuilder()
                        .setName(name)
                        .setEtag(etag)
                        .setValidateOnly(validateOnly)
                        .build());
        invocation
                .output()
                .result(answer, out -> out.println(name + (validateOnly ? " can be deleted" : " is deleted")));
        return ExitCode.OK.value();
    }
}
