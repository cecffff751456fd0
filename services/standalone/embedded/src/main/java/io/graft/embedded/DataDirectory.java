package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The directory in which a part keeps its data. */
final class DataDirectory {
    private DataDirectory() {}

    /**
     * Creates the directory for its owner only, or finds it, and proves that it can be written to.
     *
     * @throws EmbeddedPartException {@code DIRECTORY_NOT_WRITABLE}
     */
    static Path open(Path directory, String part) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.delete(Files.createTempFile(absolute, ".probe", ""));
            return absolute;
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    Reason.DIRECTORY_NOT_WRITABLE,
                    "Directory " + absolute + " of " + part + " cannot be written to (" + e
                            + "). Free some disk space, correct its permissions, or set GRAFT_HOME to another directory",
                    e);
        }
    }

    /** Deletes a directory with everything in it, if it is there; links are not followed. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
