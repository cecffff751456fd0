package io.graft.cli.connection;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bearer token of every call, read when the first one is made and again for each, so that a rotated one is taken. */
record TokenFile(Path file) {

    String read() {
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw denied("The token file " + file + " is empty", new IOException("empty token file"));
            }
            return token;
        } catch (NoSuchFileException e) {
            throw denied("There is no token at " + file, e);
        } catch (IOException e) {
            throw denied("The token file " + file + " is not readable: " + e.getMessage(), e);
        }
    }

    private static CommandException denied(String what, IOException cause) {
        return new CommandException(
                ExitCode.DENIED,
                "TOKEN_MISSING",
                what + ". `graft up` creates one for the stack of this machine; for another one give --token-file.",
                cause);
    }
}
