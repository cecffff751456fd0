package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListPipelinesRequest;
import io.graft.v1.ListPipelinesResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List pipelines by name.")
final class PipelineList implements Callable<Integer> {
    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    PipelineList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListPipelinesRequest request = ListPipelinesRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setPageSize(paging.pageSize())
                .build();
        ListPipelinesResponse found = paging.fetch(
                token -> invocation
                        .services()
                        .pipelines()
                        .listPipelines(request.toBuilder().setPageToken(token).build()),
                ListPipelinesResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearPipelines()
                        .addAllPipelines(first.getPipelinesList())
                        .addAllPipelines(second.getPipelinesList())
                        .build());
        invocation.output().result(found, out -> print(found, out));
        Listing.note(invocation, found.getPipelinesCount(), "pipelines", found.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListPipelinesResponse found, PrintStream out) {
        if (found.getPipelinesCount() > 0) {
            Table table = new Table("PIPELINE", "REVISION", "TRIGGERS", "CHANGED", "DESCRIPTION");
            found.getPipelinesList()
                    .forEach(pipeline -> table.row(
                            Names.id(pipeline.getName()),
                            pipeline.getRevision(),
                            pipeline.getPaused() ? "paused" : "at work",
                            Figures.time(pipeline.getUpdateTime()),
                            pipeline.getDescription().lines().findFirst().orElse("")));
            table.print(out);
        }
    }
}
