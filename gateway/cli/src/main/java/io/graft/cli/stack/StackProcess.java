package io.graft.cli.stack;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Home;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Progress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Starts the stack as a child process and waits until it is ready. */
public final class StackProcess {
    /** Name of the program, by which a running stack is known. */
    static final String MARK = "quarkus-run.jar";

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int LOG_LINES = 15;

    private final Invocation invocation;
    private final Home home;

    public StackProcess(Invocation invocation) {
        this.invocation = invocation;
        this.home = invocation.home();
    }

    private StackState.Ready awaitOther(long pid) {
        ProcessHandle process = ProcessHandle.of(pid)
                .orElseThrow(() -> new CommandException(
                        ExitCode.FAILED, "STACK_FAILED", "The stack that was starting has ended; start it again"));
        try {
            return awaitReady(process, log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A child that is ready. */
    record Started(Process process, StackState.Ready state) {}

    /**
     * Starts a stack that outlives this command, and returns once it is ready.
     *
     * @param portBase first port; 0 for the default
     */
    public StackState.Ready startDetached(int portBase) {
        return switch (StackState.of(home)) {
            case StackState.Ready ready -> ready;
            case StackState.Busy busy -> awaitOther(busy.pid());
            case StackState.Stopped stopped -> start(portBase, true).state();
        };
    }

    /** Starts a stack that ends with ctrl-C, and returns once it is ready. */
    Started startAttached(int portBase) {
        return start(portBase, false);
    }

    private Started start(int portBase, boolean background) {
        Path log = log();
        ProcessBuilder builder = new ProcessBuilder(command(portBase, background))
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true);
        builder.environment().put("GRAFT_HOME", home.root().toString());
        builder.environment()
                .put("GRAFT_DIST", Distribution.of(invocation).root().toString());
        try {
            Files.createDirectories(home.logs());
            Files.deleteIfExists(log);
            Process process = builder.start();
            return new Started(process, awaitReady(process.toHandle(), log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(int portBase, boolean background) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                Distribution.of(invocation).program().toString()));
        if (portBase > 0) {
            command.addAll(List.of("--port-base", String.valueOf(portBase)));
        }
        if (background) {
            command.add("--background");
        }
        return command;
    }

    private StackState.Ready awaitReady(ProcessHandle process, Path log) throws IOException {
        long start = System.nanoTime();
        try (Progress progress = invocation.progress()) {
            while (true) {
                if (StackState.of(home) instanceof StackState.Ready ready && ready.pid() == process.pid()) {
                    return ready;
                }
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                if (!process.isAlive()) {
                    throw failed("The stack ended before it was ready", log);
                }
                if (waited.compareTo(READY_WITHIN) > 0) {
                    process.destroy();
                    throw failed("The stack was not ready after " + Figures.span(READY_WITHIN), log);
                }
                progress.update("starting", waited.toSeconds(), 0, Figures.span(waited));
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private Path log() {
        return home.logs().resolve("start.log");
    }

    private CommandException failed(String what, Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        return new CommandException(ExitCode.FAILED, "STACK_FAILED", what + ". The end of " + log + ":\n" + tail);
    }
}
