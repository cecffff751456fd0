package io.graft.cli.stack;

import com.google.gson.JsonObject;
import io.graft.cli.invocation.Endpoints;
import io.graft.cli.invocation.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Where the stack of a home stands. */
public sealed interface StackState {
    /** Every service answers. */
    record Ready(long pid, Endpoints endpoints) implements StackState {}

    /** The process is there and not ready yet, or stopping. */
    record Busy(long pid) implements StackState {}

    /** There is no process. */
    record Stopped() implements StackState {}

    /** Looks at the files of the home and at the process that they name. */
    static StackState of(Home home) {
        Optional<Endpoints> endpoints = Endpoints.read(home);
        if (endpoints.isPresent() && runs(Long.parseLong(endpoints.get().get("pid")))) {
            return new Ready(Long.parseLong(endpoints.get().get("pid")), endpoints.get());
        }
        long pid = pid(home);
        return pid > 0 && runs(pid) ? new Busy(pid) : new Stopped();
    }

    /** As {@code --output json} prints it. */
    default JsonObject json(Home home) {
        JsonObject json = new JsonObject();
        json.addProperty("state", name());
        json.addProperty("home", home.root().toString());
        if (this instanceof Ready ready) {
            json.add("endpoints", ready.endpoints().document());
        }
        return json;
    }

    /** READY, BUSY or STOPPED. */
    default String name() {
        return switch (this) {
            case Ready ready -> "READY";
            case Busy busy -> "BUSY";
            case Stopped stopped -> "STOPPED";
        };
    }

    private static long pid(Home home) {
        try {
            String text = Files.readString(home.pid()).strip();
            return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the process lives and is a stack: after a crash its id may be another's. */
    private static boolean runs(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(StackProcess.MARK))
                        .orElse(true))
                .isPresent();
    }
}
