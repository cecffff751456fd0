package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Says that a cluster was created to the end, and recognises the password it was created with: the server itself would only
 * refuse it after a start that waits for a minute. The file lies in a directory that only its owner can read.
 */
final class ClusterMarker {
    private final Path file;

    ClusterMarker(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** @throws EmbeddedPartException {@code WRONG_PASSWORD} */
    void check(String password) throws IOException {
        String content = Files.readString(file).strip();
        String salt = content.substring(0, content.indexOf(' '));
        if (!content.equals(line(salt, password))) {
            throw new EmbeddedPartException(
                    Reason.WRONG_PASSWORD,
                    "The password of PostgreSQL is not the one that " + file.getParent()
                            + " was created with. Restore the password file, or move that directory away to begin anew");
        }
    }

    void write(String password) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, line(UUID.randomUUID().toString(), password));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String line(String salt, String password) {
        try {
            byte[] salted = (salt + password).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(salted);
            return salt + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
