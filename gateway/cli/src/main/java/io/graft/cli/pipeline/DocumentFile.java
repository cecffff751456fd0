package io.graft.cli.pipeline;

import io.graft.cli.failure.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document in a file. */
final class DocumentFile {
    private DocumentFile() {}

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandException.usage(file + " can't be read: " + e.getMessage());
        }
    }

    /** The pipeline's id where none is given: the file's name without its ending. */
    static String id(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    }
}
