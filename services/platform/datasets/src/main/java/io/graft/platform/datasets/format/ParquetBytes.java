package io.graft.platform.datasets.format;

import dev.hardwood.InputFile;
import io.graft.platform.datasets.file.DataFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A data file as the Parquet library reads it: by ranges, from several threads. */
final class ParquetBytes implements InputFile {
    /** The library rereads parts of a sound file a few times at most; a broken page size can make it do so for ever. */
    private static final long MOST_PASSES = 8;

    private static final long FREE = 1L << 20;

    private final DataFile file;
    private final AtomicLong fetched = new AtomicLong();
    private volatile @Nullable IOException failure;

    ParquetBytes(DataFile file) {
        this.file = file;
    }

    /** Why bytes could not be fetched that are there, null if they could; such a failure is no fault of the data. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public void open() {
        // Each range is opened by itself.
    }

    @Override
    public ByteBuffer readRange(long position, int length) throws IOException {
        if (fetched.addAndGet(1L + Math.max(0, length)) > FREE + MOST_PASSES * file.length()) {
            throw new EOFException("a page header leads the reader in circles");
        }
        if (position < 0 || length < 0 || position + length > file.length()) {
            throw new EOFException(
                    "bytes " + position + " to " + (position + length) + " are beyond the end of the file");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        try {
            file.readFully(position, buffer);
        } catch (IOException unavailable) {
            failure = unavailable;
            throw unavailable;
        }
        return buffer.flip();
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public String name() {
        return file.path();
    }

    @Override
    public void close() {
        // Nothing is held between ranges.
    }
}
