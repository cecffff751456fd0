package io.graft.cli.invocation;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.failure.Problem;
import io.graft.cli.failure.ProblemJson;
import io.graft.cli.terminal.Output;
import io.graft.cli.terminal.OutputFormat;
import java.util.Map;

/** While it is open, Ctrl-C ends the command with a message that says how to go on. */
public final class Interruption implements AutoCloseable {
    private final Output output;
    private final Thread hook;
    private volatile String message;

    Interruption(Output output, String message) {
        this.output = output;
        this.message = message;
        hook = Thread.ofPlatform().name("interruption").unstarted(this::tell);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Replaces the message. */
    public void message(String message) {
        this.message = message;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            awaitHook();
        }
    }

    private void awaitHook() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        output.note("\nInterrupted. " + message);
        if (output.format() == OutputFormat.JSON) {
            output.document(
                    ProblemJson.document(Problem.local(ExitCode.INTERRUPTED, "INTERRUPTED", message, Map.of())));
        }
    }
}
