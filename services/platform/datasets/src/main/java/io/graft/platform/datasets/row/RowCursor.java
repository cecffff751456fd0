package io.graft.platform.datasets.row;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Rows one after the other, in bounded memory. Rows that cannot be read are told to the {@link RowProblems} that the
 * cursor was opened with, and skipped. Not thread-safe.
 */
public interface RowCursor extends AutoCloseable {
    /**
     * The next row, or null after the last.
     *
     * @throws DatasetException once the problems are as many as their limit
     * @throws IOException if the bytes cannot be fetched, which is no fault of the data
     */
    @Nullable
    Row next() throws IOException;

    @Override
    void close() throws IOException;
}
