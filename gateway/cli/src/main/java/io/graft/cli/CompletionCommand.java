package io.graft.cli;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(name = "completion", description = "Print the completion script for bash and zsh: source <(graft completion)")
final class CompletionCommand implements Callable<Integer> {
    private final Invocation invocation;

    CompletionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.console().out().print(AutoComplete.bash("graft", GraftCli.commandLine(invocation)));
        invocation.console().out().flush();
        return ExitCode.OK.value();
    }
}
