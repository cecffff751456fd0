package io.graft.cli.invocation;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** What a running stack says of itself in {@code run/endpoints.json}. */
public record Endpoints(JsonObject document) {
    private static final String DEFAULT_GRPC = "localhost:7481";

    /** What the stack under a home wrote; empty when none is ready there. */
    public static Optional<Endpoints> read(Home home) {
        try {
            return Optional.of(new Endpoints(
                    JsonParser.parseString(Files.readString(home.endpoints())).getAsJsonObject()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalStateException(
                    home.endpoints() + " is not readable; stop the stack and start it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String grpc(Home home) {
        return read(home).map(endpoints -> endpoints.get("grpc")).orElse(DEFAULT_GRPC);
    }

    /** A member as text; empty when it is absent. */
    public String get(String member) {
        return document.has(member) ? document.get(member).getAsString() : "";
    }
}
