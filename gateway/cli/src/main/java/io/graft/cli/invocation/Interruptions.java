package io.graft.cli.invocation;

import com.google.gson.JsonObject;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.failure.Problem;
import io.graft.cli.failure.ProblemJson;
import io.graft.cli.terminal.Output;
import io.graft.cli.terminal.OutputFormat;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What one run of the command says when it is interrupted: the message of the innermost {@link Interruption}. */
final class Interruptions implements AutoCloseable {
    private final Deque<Interruption> open = new ConcurrentLinkedDeque<>();
    private final Output output;
    private final Thread hook;

    Interruptions(Output output) {
        this.output = output;
        hook = Thread.ofPlatform().name("interruption").unstarted(this::tell);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Interruption open(String message) {
        Interruption interruption = new Interruption(this, message);
        open.push(interruption);
        return interruption;
    }

    void close(Interruption interruption) {
        open.remove(interruption);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            awaitHook();
        }
    }

    /** Keeps the command from saying more than the hook does while the process ends. */
    private void awaitHook() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        Interruption innermost = open.peek();
        if (innermost == null) {
            return;
        }
        output.note("\nInterrupted. " + innermost.message());
        if (output.format() == OutputFormat.JSON) {
            JsonObject document = ProblemJson.document(
                    Problem.local(ExitCode.INTERRUPTED, "INTERRUPTED", innermost.message(), Map.of()));
            document.addProperty("status", "INTERRUPTED");
            output.document(document);
        }
    }
}
