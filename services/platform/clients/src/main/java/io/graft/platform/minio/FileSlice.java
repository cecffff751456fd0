package io.graft.platform.minio;

import io.graft.platform.artifact.ContentDigest;
import io.minio.Http;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A piece of a file to send, with the SHA-256 that the store checks it against. The library sends from the file's position
 * at the time of the call and would hash from there too, so both are done here: hash once, seek before each try.
 */
record FileSlice(RandomAccessFile file, long offset, long length, Http.Headers checksum) {
    private static final int BUFFER = 1 << 17;

    static FileSlice of(RandomAccessFile file, long offset, long length) throws IOException {
        MessageDigest digest = ContentDigest.sha256();
        byte[] buffer = new byte[BUFFER];
        file.seek(offset);
        for (long left = length; left > 0; ) {
            int n = file.read(buffer, 0, (int) Math.min(left, BUFFER));
            if (n < 0) {
                throw new EOFException("The file was shortened while it was being sent");
            }
            digest.update(buffer, 0, n);
            left -= n;
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        return new FileSlice(file, offset, length, new Http.Headers(Http.Headers.X_AMZ_CONTENT_SHA256, sha256));
    }

    /** The file, positioned at the slice's begin. */
    RandomAccessFile rewound() throws IOException {
        file.seek(offset);
        return file;
    }
}
