package io.graft.cli.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** SHA-256. */
final class Digests {
    private static final int BUFFER_BYTES = 1 << 20;

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Reads a file into {@code digest}, telling {@code read} of every piece. */
    static void update(MessageDigest digest, Path file, LongConsumer read) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
                read.accept(count);
            }
        }
    }

    /** SHA-256 of a file, as 64 hexadecimal digits. */
    static String of(Path file, LongConsumer read) throws IOException {
        MessageDigest digest = sha256();
        update(digest, file, read);
        return hex(digest);
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
