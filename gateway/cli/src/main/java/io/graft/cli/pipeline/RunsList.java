package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListPipelineRunsRequest;
import io.graft.v1.ListPipelineRunsResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List runs, newest first.")
final class RunsList implements Callable<Integer> {
    @Option(names = "--pipeline", paramLabel = "PIPELINE", description = "only the runs of this pipeline")
    String pipeline = "";

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "comparisons joined by AND over state and create_time, like 'state = WAITING'")
    String filter = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    RunsList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListPipelineRunsRequest request = ListPipelineRunsRequest.newBuilder()
                .setParent(
                        pipeline.isEmpty()
                                ? invocation.names().tenant()
                                : invocation.names().pipeline(pipeline))
                .setFilter(filter)
                .setPageSize(paging.pageSize())
                .build();
        ListPipelineRunsResponse runs = paging.fetch(
                token -> invocation
                        .services()
                        .pipelines()
                        .listPipelineRuns(
                                request.toBuilder().setPageToken(token).build()),
                ListPipelineRunsResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearRuns()
                        .addAllRuns(first.getRunsList())
                        .addAllRuns(second.getRunsList())
                        .build());
        invocation.output().result(runs, out -> print(runs, out));
        Listing.note(invocation, runs.getRunsCount(), "runs", runs.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListPipelineRunsResponse runs, PrintStream out) {
        if (runs.getRunsCount() > 0) {
            Table table = new Table("RUN", "STATE", "CAUSE", "CREATED", "ENDED", "MESSAGE");
            runs.getRunsList()
                    .forEach(run -> table.row(
                            Names.brief(run.getName()),
                            PipelineText.state(run.getState()),
                            run.getCause().getKind(),
                            Figures.time(run.getCreateTime()),
                            Figures.time(run.getEndTime()),
                            run.getMessage().lines().findFirst().orElse("")));
            table.print(out);
        }
    }
}
