package io.graft.engine.data;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Folders with models' files and data sets. */
final class Fixtures {
    static final ColumnRoles PLAIN = new ColumnRoles("", "", "", "", "", "", "", "");

    private Fixtures() {}

    static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Fixtures.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static TextTokenizer llama() throws IOException {
        return TextTokenizer.open(resource("tiny-llama"));
    }

    static TextTokenizer bert() throws IOException {
        return TextTokenizer.open(resource("tiny-bert"));
    }

    static Path write(Path folder, String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, String.join("\n", lines) + "\n");
        return folder;
    }
}
