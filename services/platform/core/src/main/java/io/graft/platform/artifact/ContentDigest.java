package io.graft.platform.artifact;

import io.graft.v1.ArtifactFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;

/** SHA-256 of streams and of whole versions. */
public final class ContentDigest {
    private static final int BUFFER = 1 << 18;

    private ContentDigest() {}

    /** A fresh SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** SHA-256 of what is left of a stream, in hexadecimal. */
    public static String sha256(InputStream stream) {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of bytes, in hexadecimal. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /**
     * Digest of a version: equal for equal files, whoever wrote them and when.
     *
     * @return {@code sha256:{hex}} over the lines {@code path NUL size NUL sha256 LF}, sorted by path
     */
    public static String of(Collection<ArtifactFile> files) {
        MessageDigest digest = sha256();
        files.stream()
                .sorted(Comparator.comparing(ArtifactFile::getPath))
                .map(file -> file.getPath() + "\0" + file.getSize() + "\0" + file.getSha256() + "\n")
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
