package io.graft.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The passwords that the parts are created with, made once and kept.
 *
 * @param s3AccessKey who the services and workers are to the S3 store
 */
record Secrets(String s3AccessKey, String s3SecretKey, String postgresPassword) {
    private static final int ACCESS_KEY_BYTES = 10;
    private static final int SECRET_BYTES = 24;

    static Secrets open(GraftHome home) throws IOException {
        return new Secrets(
                keep(home.config().resolve("s3-access-key"), ACCESS_KEY_BYTES),
                keep(home.config().resolve("s3-secret-key"), SECRET_BYTES),
                keep(home.config().resolve("postgres-password"), SECRET_BYTES));
    }

    private static String keep(Path file, int bytes) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[bytes];
            new SecureRandom().nextBytes(random);
            GraftHome.write(file, HexFormat.of().formatHex(random) + "\n");
        }
        return Files.readString(file).strip();
    }

    /** Names no secret, so that it may be logged. */
    @Override
    public String toString() {
        return "Secrets[of " + s3AccessKey + "]";
    }
}
