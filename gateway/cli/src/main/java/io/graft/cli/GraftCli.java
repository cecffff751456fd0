package io.graft.cli;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Console;
import io.graft.cli.terminal.OutputFormat;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Entry point of {@code graft}. */
public final class GraftCli {
    private GraftCli() {}

    public static void main(String[] arguments) {
        System.exit(run(Console.system(), System.getenv(), arguments));
    }

    /**
     * Runs one command.
     *
     * @return the exit code, as {@link ExitCode} lists them
     */
    public static int run(Console console, Map<String, String> environment, String... arguments) {
        try (Invocation invocation = new Invocation(console, environment)) {
            return commandLine(invocation).execute(arguments);
        }
    }

    /** The tree of commands, for running, completion and reference. */
    static CommandLine commandLine(Invocation invocation) {
        FailureHandler failures = new FailureHandler(invocation);
        CommandLine line = new CommandLine(new GraftCommand(invocation), new CommandFactory(invocation));
        line.registerConverter(Duration.class, new TimeConverter());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(invocation.console().out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(invocation.console().err(), true, StandardCharsets.UTF_8))
                .setExecutionStrategy(parsed -> execute(invocation, parsed))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setHelpFactory(HelpText::new)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(28);
    }

    private static int execute(Invocation invocation, ParseResult parsed) {
        String problem = invocation.environmentProblem();
        if (!problem.isEmpty()) {
            throw new ParameterException(parsed.commandSpec().commandLine(), problem);
        }
        return new RunLast().execute(parsed);
    }

    /** Whether a command line that may not even parse asks for JSON. */
    static boolean asksForJson(String... arguments) {
        String all = " " + String.join(" ", arguments).toLowerCase(Locale.ROOT) + " ";
        String json = OutputFormat.JSON.name().toLowerCase(Locale.ROOT);
        return all.matches(".* (--output[= ]|-o[= ]?)" + json + " .*");
    }
}
