package io.graft.cli.terminal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.protobuf.Message;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Prints a command's result once, as text or as one JSON document. Thread-safe. */
public final class Output {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Console console;
    private final OutputFormat format;
    private final AtomicBoolean printed = new AtomicBoolean();

    public Output(Console console, OutputFormat format) {
        this.console = console;
        this.format = format;
    }

    public OutputFormat format() {
        return format;
    }

    /** Prints a message: as proto JSON, or as what {@code text} writes. */
    public void result(Message message, Consumer<PrintStream> text) {
        switch (format) {
            case TEXT -> text(text);
            case JSON -> document(ProtoJson.print(message));
        }
    }

    /** Prints a result that is no message of the API. */
    public void result(JsonElement json, Consumer<PrintStream> text) {
        switch (format) {
            case TEXT -> text(text);
            case JSON -> document(GSON.toJson(json));
        }
    }

    /** Prints a JSON document whatever the format, unless one is printed already. */
    public void document(JsonElement json) {
        document(GSON.toJson(json));
    }

    /** A line for people on standard error; not part of the result. */
    public void note(String line) {
        console.err().println(line);
        console.err().flush();
    }

    private void text(Consumer<PrintStream> text) {
        text.accept(console.out());
        console.out().flush();
    }

    private void document(String json) {
        if (printed.compareAndSet(false, true)) {
            console.out().println(json);
            console.out().flush();
        }
    }
}
