package io.graft.cli.dataset;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListDatasetVersionsRequest;
import io.graft.v1.ListDatasetVersionsResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "versions", description = "List a data set's versions, newest first.")
final class DatasetsVersions implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "the data set's id or full name")
    String dataset = "";

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "comparisons joined by AND over digest, create_time and labels.KEY")
    String filter = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    DatasetsVersions(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListDatasetVersionsRequest request = ListDatasetVersionsRequest.newBuilder()
                .setParent(invocation.names().dataset(dataset))
                .setFilter(filter)
                .setPageSize(paging.pageSize())
                .build();
        ListDatasetVersionsResponse versions = paging.fetch(
                token -> invocation
                        .services()
                        .registry()
                        .listDatasetVersions(
                                request.toBuilder().setPageToken(token).build()),
                ListDatasetVersionsResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearDatasetVersions()
                        .addAllDatasetVersions(first.getDatasetVersionsList())
                        .addAllDatasetVersions(second.getDatasetVersionsList())
                        .build());
        invocation.output().result(versions, out -> print(versions, out));
        Listing.note(invocation, versions.getDatasetVersionsCount(), "versions", versions.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListDatasetVersionsResponse versions, PrintStream out) {
        if (versions.getDatasetVersionsCount() > 0) {
            Table table = new Table("VERSION", "STATE", "DIGEST", "CREATED");
            versions.getDatasetVersionsList()
                    .forEach(v -> table.row(
                            Names.id(v.getName()),
                            Figures.name(v.getState(), "VERSION_STATE_"),
                            v.getDigest(),
                            Figures.time(v.getCreateTime())));
            table.print(out);
        }
    }
}
