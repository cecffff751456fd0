package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListModelsRequest;
import io.graft.v1.ListModelsResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List models by name.")
final class ModelsList implements Callable<Integer> {
    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "comparisons joined by AND over create_time and labels.KEY")
    String filter = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    ModelsList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListModelsRequest request = ListModelsRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setFilter(filter)
                .setPageSize(paging.pageSize())
                .build();
        ListModelsResponse models = paging.fetch(
                token -> invocation
                        .services()
                        .registry()
                        .listModels(request.toBuilder().setPageToken(token).build()),
                ListModelsResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearModels()
                        .addAllModels(first.getModelsList())
                        .addAllModels(second.getModelsList())
                        .build());
        invocation.output().result(models, out -> print(models, out));
        Listing.note(invocation, models.getModelsCount(), "models", models.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListModelsResponse models, PrintStream out) {
        if (models.getModelsCount() > 0) {
            Table table = new Table("MODEL", "LATEST", "CREATED", "DESCRIPTION");
            models.getModelsList()
                    .forEach(m -> table.row(
                            Names.id(m.getName()),
                            m.getLatestVersion() == 0 ? "-" : m.getLatestVersion(),
                            Figures.time(m.getCreateTime()),
                            m.getDescription()));
            table.print(out);
        }
    }
}
