package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.name.Names;
import io.graft.v1.CreatePipelineRequest;
import io.graft.v1.GetPipelineRequest;
import io.graft.v1.Pipeline;
import io.graft.v1.UpdatePipelineRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        description = "Create a pipeline from a document, or give it the document as its next revision.")
final class PipelineApply implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the document in YAML")
    Path file = Path.of("");

    @Option(
            names = "--pipeline",
            paramLabel = "PIPELINE",
            description = "the pipeline's id (default: the file's name without .yaml)")
    String pipeline = "";

    @Option(names = "--paused", description = "no trigger starts a run until it is applied without this")
    boolean paused;

    @Option(names = "--validate-only", description = "only check")
    boolean validateOnly;

    private final Invocation invocation;

    PipelineApply(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String name = invocation.names().pipeline(pipeline.isEmpty() ? DocumentFile.id(file) : pipeline);
        Pipeline wanted = Pipeline.newBuilder()
                .setDocument(DocumentFile.read(file))
                .setPaused(paused)
                .build();
        Pipeline applied = find(name).map(present -> update(present, wanted)).orElseGet(() -> create(name, wanted));
        invocation.output().result(applied, out -> PipelineText.print(applied, out));
        return ExitCode.OK.value();
    }

    private Optional<Pipeline> find(String name) {
        try {
            return Optional.of(invocation
                    .services()
                    .pipelines()
                    .getPipeline(GetPipelineRequest.newBuilder().setName(name).build()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Pipeline create(String name, Pipeline wanted) {
        return invocation
                .services()
                .pipelines()
                .createPipeline(CreatePipelineRequest.newBuilder()
                        .setParent(name.substring(0, name.indexOf("/pipelines/")))
                        .setPipelineId(Names.id(name))
                        .setPipeline(wanted)
                        .setValidateOnly(validateOnly)
                        .build());
    }

    private Pipeline update(Pipeline present, Pipeline wanted) {
        return invocation
                .services()
                .pipelines()
                .updatePipeline(UpdatePipelineRequest.newBuilder()
                        .setPipeline(
                                wanted.toBuilder().setName(present.getName()).setEtag(present.getEtag()))
                        .setValidateOnly(validateOnly)
                        .build());
    }
}
