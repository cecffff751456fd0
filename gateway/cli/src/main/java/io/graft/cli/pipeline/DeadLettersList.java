package io.graft.cli.pipeline;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.invocation.Listing;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Table;
import io.graft.v1.ListDeadLettersRequest;
import io.graft.v1.ListDeadLettersResponse;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List messages that a service put aside, newest first.")
final class DeadLettersList implements Callable<Integer> {
    @Option(names = "--limit", paramLabel = "N", description = "at most so many, 1000 at most (default: 50)")
    int limit;

    private final Invocation invocation;

    DeadLettersList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ListDeadLettersResponse found = invocation
                .services()
                .pipelines()
                .listDeadLetters(ListDeadLettersRequest.newBuilder()
                        .setParent(invocation.names().tenant())
                        .setPageSize(limit)
                        .build());
        invocation.output().result(found, out -> print(found, out));
        Listing.note(invocation, found.getDeadLettersCount(), "dead letters", "");
        return ExitCode.OK.value();
    }

    private static void print(ListDeadLettersResponse found, PrintStream out) {
        if (found.getDeadLettersCount() > 0) {
            Table table = new Table("LETTER", "REASON", "TYPE", "SUBJECT", "GROUP", "TIME", "MESSAGE");
            found.getDeadLettersList()
                    .forEach(letter -> table.row(
                            Names.id(letter.getName()),
                            letter.getReason(),
                            letter.getEventType(),
                            Names.brief(letter.getSubject()),
                            letter.getGroup(),
                            Figures.time(letter.getTime()),
                            letter.getMessage().lines().findFirst().orElse("")));
            table.print(out);
        }
    }
}
