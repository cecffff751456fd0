package io.graft.cli.file;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.failure.Problem;
import io.graft.v1.PresignedFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file beside its place, goes on with what an interrupted try left, and moves it into place only once its
 * SHA-256 is right. Used by one thread.
 */
final class FileDownload {
    private final PresignedFile source;
    private final Path target;
    private final Path part;
    private final ByteTally tally;
    private MessageDigest digest = Digests.sha256();
    private long received;
    private @Nullable OutputStream stream;

    FileDownload(PresignedFile source, Path target, ByteTally tally) {
        this.source = source;
        this.target = target;
        this.part = target.resolveSibling("." + target.getFileName() + ".part");
        this.tally = tally;
    }

    /** Brings the file into place. */
    void run(PresignedHttp http, Retries retries) throws IOException {
        Files.createDirectories(part.toAbsolutePath().getParent());
        boolean resumed = Files.exists(part) && Files.size(part) > 0;
        try {
            fetch(http, retries);
        } catch (CommandException damaged) {
            if (!resumed) {
                throw damaged;
            }
            fetch(http, retries);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void fetch(PresignedHttp http, Retries retries) throws IOException {
        retries.run(() -> {
            takeUp();
            if (received < source.getSize()) {
                receive(http);
            }
            return part;
        });
        String found = Digests.hex(digest);
        if (received != source.getSize() || !found.equals(source.getSha256())) {
            Files.delete(part);
            tally.add(-received);
            received = 0;
            throw damaged(found);
        }
    }

    /** Counts and digests what is there from an earlier try; throws away what can't be part of the file. */
    private void takeUp() throws IOException {
        tally.add(-received);
        received = 0;
        digest = Digests.sha256();
        if (Files.exists(part)) {
            if (Files.size(part) > source.getSize()) {
                Files.delete(part);
            } else {
                Digests.update(digest, part, this::count);
            }
        }
    }

    private void receive(PresignedHttp http) throws IOException {
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            stream = out;
            http.get(source, received, this::begin, this::write);
        }
        if (received < source.getSize()) {
            throw new IOException("The store ended " + source.getPath() + " after " + received + " bytes");
        }
    }

    private void begin(boolean resumes) {
        if (!resumes && received > 0) {
            tally.add(-received);
            received = 0;
            digest = Digests.sha256();
            truncate();
        }
    }

    private void truncate() {
        try {
            Files.newByteChannel(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] chunk) {
        try {
            if (stream == null) {
                throw new IOException("No file is open for " + source.getPath());
            }
            stream.write(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        digest.update(chunk);
        count(chunk.length);
    }

    private void count(long bytes) {
        received += bytes;
        tally.add(bytes);
    }

    private CommandException damaged(String found) {
        return new CommandException(
                Problem.local(
                        ExitCode.FAILED,
                        "DIGEST_MISMATCH",
                        "File " + source.getPath() + " arrived damaged and was thrown away; download it again. If it"
                                + " stays so, the stored version is damaged.",
                        Map.of("file", source.getPath(), "expected", source.getSha256(), "found", found)),
                null);
    }
}
