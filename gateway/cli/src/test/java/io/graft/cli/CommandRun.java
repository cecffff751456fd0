package io.graft.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.graft.cli.peer.Services;
import io.graft.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What one run of the command left.
 *
 * @param exit exit code
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int exit, String out, String err) {

    /** Runs a command against services, with a home that has a token. */
    public static CommandRun of(Services services, Path home, String... arguments) {
        try {
            Files.createDirectories(home.resolve("config"));
            Files.writeString(home.resolve("config/token"), "a-token\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return with(Map.of("GRAFT_HOME", home.toString(), "GRAFT_ENDPOINT", services.endpoint()), arguments);
    }

    /** Runs a command in an environment that has only these variables. */
    public static CommandRun with(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> variables = new HashMap<>(environment);
        int exit = GraftCli.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false),
                variables,
                arguments);
        return new CommandRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as the one JSON object that it must be. */
    public JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }
}
