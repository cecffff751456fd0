package io.graft.cli.dataset;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListDatasetsRequest;
import io.graft.v1.ListDatasetsResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List data sets by name.")
final class DatasetsList implements Callable<Integer> {
    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "comparisons joined by AND over create_time and labels.KEY")
    String filter = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    DatasetsList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListDatasetsRequest request = ListDatasetsRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setFilter(filter)
                .setPageSize(paging.pageSize())
                .build();
        ListDatasetsResponse datasets = paging.fetch(
                token -> invocation
                        .services()
                        .registry()
                        .listDatasets(request.toBuilder().setPageToken(token).build()),
                ListDatasetsResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearDatasets()
                        .addAllDatasets(first.getDatasetsList())
                        .addAllDatasets(second.getDatasetsList())
                        .build());
        invocation.output().result(datasets, out -> print(datasets, out));
        Listing.note(invocation, datasets.getDatasetsCount(), "data sets", datasets.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListDatasetsResponse datasets, PrintStream out) {
        if (datasets.getDatasetsCount() > 0) {
            Table table = new Table("DATASET", "LATEST", "CREATED", "DESCRIPTION");
            datasets.getDatasetsList()
                    .forEach(d -> table.row(
                            Names.id(d.getName()),
                            d.getLatestVersion() == 0 ? "-" : d.getLatestVersion(),
                            Figures.time(d.getCreateTime()),
                            d.getDescription()));
            table.print(out);
        }
    }
}
