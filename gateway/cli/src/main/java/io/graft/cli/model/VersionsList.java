package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListModelVersionsRequest;
import io.graft.v1.ListModelVersionsResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "List a model's versions, newest first.")
final class VersionsList implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "the model's id or full name")
    String model = "";

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "comparisons joined by AND over kind, digest, create_time and labels.KEY")
    String filter = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    VersionsList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListModelVersionsRequest request = ListModelVersionsRequest.newBuilder()
                .setParent(invocation.names().model(model))
                .setFilter(filter)
                .setPageSize(paging.pageSize())
                .build();
        ListModelVersionsResponse versions = paging.fetch(
                token -> invocation
                        .services()
                        .registry()
                        .listModelVersions(
                                request.toBuilder().setPageToken(token).build()),
                ListModelVersionsResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearModelVersions()
                        .addAllModelVersions(first.getModelVersionsList())
                        .addAllModelVersions(second.getModelVersionsList())
                        .build());
        invocation.output().result(versions, out -> print(versions, out));
        Listing.note(invocation, versions.getModelVersionsCount(), "versions", versions.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListModelVersionsResponse versions, PrintStream out) {
        if (versions.getModelVersionsCount() > 0) {
            Table table = new Table("VERSION", "KIND", "STATE", "PARAMETERS", "DIGEST", "CREATED");
            versions.getModelVersionsList()
                    .forEach(v -> table.row(
                            Names.brief(v.getName()),
                            VersionText.kind(v),
                            Figures.name(v.getState(), "VERSION_STATE_"),
                            Figures.count(v.getParameterCount()),
                            v.getDigest()
                                    .substring(0, Math.min(19, v.getDigest().length())),
                            Figures.time(v.getCreateTime())));
            table.print(out);
        }
    }
}
