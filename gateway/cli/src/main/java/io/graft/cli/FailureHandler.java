package io.graft.cli;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.failure.Problem;
import io.graft.cli.failure.ProblemJson;
import io.graft.cli.failure.ProblemText;
import io.graft.cli.failure.Problems;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.OutputFormat;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one place where a failure becomes an exit code: a block on standard error always, and with {@code --output json} the
 * one JSON document on standard output.
 */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Invocation invocation;

    FailureHandler(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        PrintWriter err = wrong.getCommandLine().getErr();
        if (arguments.length == 0) {
            wrong.getCommandLine().usage(err);
            return ExitCode.USAGE.value();
        }
        err.println("error: " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        if (GraftCli.asksForJson(arguments)) {
            invocation
                    .output()
                    .document(ProblemJson.document(Problem.local(
                            ExitCode.USAGE, "INVALID_USAGE", String.valueOf(wrong.getMessage()), Map.of())));
        }
        return ExitCode.USAGE.value();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        Problem problem = Problems.of(failure);
        invocation.console().err().print(ProblemText.of(problem));
        if (invocation.options().verbose()) {
            failure.printStackTrace(invocation.console().err());
        }
        if (invocation.output().format() == OutputFormat.JSON) {
            invocation.output().document(ProblemJson.document(problem));
        }
        return problem.exit().value();
    }
}
