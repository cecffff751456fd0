package io.graft.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The directory that holds everything of one installation, for its owner's eyes only. */
record GraftHome(Path root) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Creates what is absent and closes what is open to others.
     *
     * @throws StandaloneException when it cannot be written to
     */
    static GraftHome open(Path root) {
        GraftHome home = new GraftHome(root);
        try {
            Files.createDirectories(root, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            for (Path directory : List.of(home.config(), home.data(), home.work(), home.logs(), home.run())) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
            }
            return home;
        } catch (IOException e) {
            throw new StandaloneException(
                    ExitStatus.FAILED,
                    "Directory " + root + " cannot be written to (" + e
                            + "). Correct its permissions, free some disk space, or set GRAFT_HOME to another directory",
                    e);
        }
    }

    Path config() {
        return root.resolve("config");
    }

    Path data() {
        return root.resolve("data");
    }

    Path work() {
        return root.resolve("work");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path run() {
        return root.resolve("run");
    }

    Path endpoints() {
        return run().resolve("endpoints.json");
    }

    Path pid() {
        return run().resolve("pid");
    }

    /** Writes a file that only its owner can read; readers see the old content or the new, never a part. */
    static void write(Path file, String content) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".draft", "", PRIVATE_FILE);
        Files.writeString(draft, content, StandardCharsets.UTF_8);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
