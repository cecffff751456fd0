package io.graft.cli.model;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.invocation.Paging;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListAliasesRequest;
import io.graft.v1.ListAliasesResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "List a model's aliases by name.")
final class AliasesList implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "the model's id or full name")
    String model = "";

    @Mixin
    Paging paging = new Paging();

    private final Invocation invocation;

    AliasesList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListAliasesRequest request = ListAliasesRequest.newBuilder()
                .setParent(invocation.names().model(model))
                .setPageSize(paging.pageSize())
                .build();
        ListAliasesResponse aliases = paging.fetch(
                token -> invocation
                        .services()
                        .registry()
                        .listAliases(request.toBuilder().setPageToken(token).build()),
                ListAliasesResponse::getNextPageToken,
                (first, second) -> second.toBuilder()
                        .clearAliases()
                        .addAllAliases(first.getAliasesList())
                        .addAllAliases(second.getAliasesList())
                        .build());
        invocation.output().result(aliases, out -> print(aliases, out));
        Listing.note(invocation, aliases.getAliasesCount(), "aliases", aliases.getNextPageToken());
        return ExitCode.OK.value();
    }

    private static void print(ListAliasesResponse aliases, PrintStream out) {
        if (aliases.getAliasesCount() > 0) {
            Table table = new Table("ALIAS", "VERSION", "MOVED");
            aliases.getAliasesList()
                    .forEach(a -> table.row(
                            Names.brief(a.getName()), Names.brief(a.getVersion()), Figures.time(a.getUpdateTime())));
            table.print(out);
        }
    }
}
