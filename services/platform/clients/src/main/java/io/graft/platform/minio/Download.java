package io.graft.platform.minio;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Writes a stream to a file that appears whole or not at all. */
final class Download {
    private static final int BUFFER = 1 << 18;

    private Download() {}

    static void to(Path file, String key, InputStream content) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is not a file");
        }
        Path partial = folder.resolve("." + file.getFileName() + ".part");
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            copy(content, partial);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(e, key, folder);
        } finally {
            deleteIfLeft(partial);
        }
    }

    private static void copy(InputStream content, Path partial) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                out.write(buffer, 0, n);
            }
        }
    }

    private static RuntimeException failed(IOException e, String key, Path folder) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left") || message.contains("Disk quota exceeded")) {
            return new GraftException(
                    ErrorCode.DISK_SPACE,
                    "The disk of " + folder + " is full; free some space to download " + key,
                    Map.of("key", key));
        }
        return new UncheckedIOException(e);
    }

    private static void deleteIfLeft(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
