package io.graft.platform.datasets.format;

import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import io.graft.platform.datasets.file.DataFile;
import io.graft.platform.datasets.file.ReadLimits;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowCursor;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, a row group at a time. A file that is cut short or broken ends the reading. */
final class ParquetCursor implements RowCursor {
    private static final Set<CompressionCodec> CODECS = EnumSet.of(
            CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP, CompressionCodec.ZSTD);
    private static final String CURE = "Write the file again, for example with pyarrow";

    /** A column of nothing packs any number of rows into a few bytes. */
    private static final long MOST_ROWS_A_BYTE = 64;

    private static final long FREE_ROWS = 1_000_000;

    private final DataFile file;
    private final ParquetBytes bytes;
    private final RowProblems problems;
    private final ParquetValues values;
    private final HardwoodContext threads = HardwoodContext.create(1);
    private @Nullable ParquetFileReader reader;
    private @Nullable RowReader rows;
    private long number;

    ParquetCursor(DataFile file, ReadLimits limits, RowProblems problems) throws IOException {
        this.file = file;
        this.bytes = new ParquetBytes(file);
        this.problems = problems;
        this.values = new ParquetValues(limits);
        try {
            ParquetFileReader opened = ParquetFileReader.open(bytes, threads);
            reader = opened;
            if (fits(opened, limits)) {
                checkPages(opened, limits);
                rows = opened.rowReader();
            }
        } catch (DatasetException limit) {
            throw limit;
        } catch (IOException | RuntimeException broken) {
            broken(broken);
        }
    }

    private void checkPages(ParquetFileReader opened, ReadLimits limits) throws IOException {
        ParquetPages pages = new ParquetPages(bytes, limits.rowGroupBytes());
        int columns = opened.getFileSchema().getColumnCount();
        long rows = 0;
        for (RowGroup group : opened.getFileMetaData().rowGroups()) {
            rows += group.numRows();
            if (columns == 0 || group.columns().size() != columns || group.numRows() < 0) {
                throw new IOException("a row group has other columns than the schema");
            }
            if (group.columns().stream().anyMatch(column -> column.metaData().numValues() < group.numRows())) {
                throw new IOException("a column has fewer values than its row group has rows");
            }
            for (ColumnChunk column : group.columns()) {
                pages.check(column);
            }
        }
        if (rows != opened.getFileMetaData().numRows()
                || rows > Math.max(FREE_ROWS, MOST_ROWS_A_BYTE * file.length())) {
            throw new IOException(
                    "the file says that it has " + opened.getFileMetaData().numRows() + " rows");
        }
    }

    private boolean fits(ParquetFileReader opened, ReadLimits limits) {
        int before = problems.count();
        for (RowGroup group : opened.getFileMetaData().rowGroups()) {
            long unpacked = group.columns().stream()
                    .mapToLong(column -> column.metaData().totalUncompressedSize())
                    .sum();
            if (unpacked > limits.rowGroupBytes()) {
                problems.report(RowProblem.ofFile(
                        file.path(),
                        "has a row group of " + unpacked + " bytes, beyond the limit of " + limits.rowGroupBytes(),
                        "Write smaller row groups"));
                return false;
            }
            group.columns().stream()
                    .map(column -> column.metaData().codec())
                    .filter(codec -> !CODECS.contains(codec))
                    .findFirst()
                    .ifPresent(codec -> problems.report(RowProblem.ofFile(
                            file.path(), "is packed with " + codec, "Pack it with snappy, gzip or zstd")));
            if (problems.count() > before) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Row next() throws IOException {
        RowReader from = rows;
        while (from != null) {
            try {
                if (!from.hasNext()) {
                    return null;
                }
                from.next();
                number++;
                return new Row(file.path(), number, values.fields(from));
            } catch (PictureException picture) {
                problems.report(RowProblem.ofRow(
                        file.path(),
                        number,
                        "has bytes which are no usable picture: it " + picture.getMessage(),
                        "Store PNG or JPEG files in columns of bytes, and nothing else"));
            } catch (DatasetException limit) {
                throw limit;
            } catch (RuntimeException broken) {
                rows = null;
                broken(broken);
                return null;
            }
        }
        return null;
    }

    private void broken(Exception cause) throws IOException {
        IOException unavailable = bytes.failure();
        if (unavailable != null) {
            throw unavailable;
        }
        String reason = Value.excerptOf(String.valueOf(cause.getMessage()));
        problems.report(
                number == 0
                        ? RowProblem.ofFile(file.path(), "is no readable Parquet file: " + reason, CURE)
                        : RowProblem.ofRow(file.path(), number, "is the last that can be read: " + reason, CURE));
    }

    @Override
    public void close() throws IOException {
        try (threads;
                ParquetFileReader opened = reader;
                RowReader cursor = rows) {
            rows = null;
        }
    }
}
