package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.LintPipelineRequest;
import io.graft.v1.LintPipelineResponse;
import io.graft.v1.PipelineProblem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "lint",
        description = "Check a document and name every problem with its line. Exits 3 when there is any.")
final class PipelineLint implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the document in YAML")
    Path file = Path.of("");

    private final Invocation invocation;

    PipelineLint(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        LintPipelineResponse found = invocation
                .services()
                .pipelines()
                .lintPipeline(LintPipelineRequest.newBuilder()
                        .setParent(invocation.names().tenant())
                        .setDocument(DocumentFile.read(file))
                        .build());
        invocation.output().result(found, out -> print(found, out));
        return (found.getProblemsCount() == 0 ? ExitCode.OK : ExitCode.REFUSED).value();
    }

    private void print(LintPipelineResponse found, PrintStream out) {
        for (PipelineProblem problem : found.getProblemsList()) {
            String path = problem.getPath().isEmpty() ? "" : problem.getPath() + " ";
            out.println(
                    file + ":" + problem.getLine() + ":" + problem.getColumn() + ": " + path + problem.getMessage());
        }
        if (found.getProblemsCount() == 0) {
            out.println(file + ": no problems");
        }
    }
}
