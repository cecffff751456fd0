package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keeps two processes from running parts over the same data; the kernel gives it back when its holder dies. */
final class DataLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, and waits for an earlier process that is still stopping.
     *
     * @throws EmbeddedPartException {@code DATA_IN_USE} when it doesn't leave within 30 seconds
     */
    static DataLock take(Path data) {
        Path directory = DataDirectory.open(data, "the parts");
        try {
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            long limit = System.nanoTime() + PATIENCE.toNanos();
            while (tryLock(channel).isEmpty()) {
                if (System.nanoTime() > limit) {
                    channel.close();
                    throw new EmbeddedPartException(
                            Reason.DATA_IN_USE,
                            "Another process runs PostgreSQL, Kafka and the S3 store over " + directory
                                    + ". Stop it, or set GRAFT_HOME to another directory");
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
            return new DataLock(channel);
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    Reason.DIRECTORY_NOT_WRITABLE,
                    "Directory " + directory + " cannot be locked: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPartException(Reason.START_FAILED, "Interrupted while waiting for " + directory, e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) { // held by this very process
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
