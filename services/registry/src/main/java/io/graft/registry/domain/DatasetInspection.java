package io.graft.registry.domain;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.datasets.Dataset;
import io.graft.platform.datasets.format.DataFormat;
import io.graft.platform.datasets.row.DatasetException;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.schema.Column;
import io.graft.platform.datasets.schema.ColumnType;
import io.graft.platform.datasets.schema.Schema;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.ArtifactFile;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads every row of a stored data set once, and says what they are. Thread-safe. */
public final class DatasetInspection {
    private static final int PROBLEMS = 100;

    private final ArtifactStore store;

    public DatasetInspection(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Inspects the files that lie under {@code prefix}.
     *
     * @return nothing but format, rows and schema; none of them when the files have no rows in one format
     * @throws GraftException {@code MALFORMED_DATASET} naming file, row and column of what can't be read
     */
    DatasetVersion inspect(String prefix, List<ArtifactFile> files) {
        if (DataFormat.of(files.stream().map(ArtifactFile::getPath).toList()) == null) {
            return DatasetVersion.getDefaultInstance();
        }
        try {
            return facts(Dataset.of(files.stream()
                            .map(file -> new StoredDataFile(store, prefix, file))
                            .toList())
                    .check(List.of(), PROBLEMS));
        } catch (DatasetException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new GraftException(ErrorCode.STORAGE_UNAVAILABLE, "The data set can't be read now; try again", e);
        }
    }

    private static DatasetVersion facts(Schema schema) {
        DatasetVersion.Builder facts = DatasetVersion.newBuilder()
                .setFormat(schema.format().name().toLowerCase(Locale.ROOT))
                .setRowCount(schema.rows())
                .putAllRowsBySplit(schema.rowsBySplit());
        for (Column column : schema.columns()) {
            facts.getSchemaBuilder()
                    .addColumns(DatasetColumn.newBuilder()
                            .setName(column.name())
                            .setType(type(column.type()))
                            .setOptional(column.optional())
                            .addAllLabels(column.labels()));
        }
        return facts.build();
    }

    private static io.graft.v1.ColumnType type(ColumnType type) {
        return switch (type) {
            case TEXT -> io.graft.v1.ColumnType.COLUMN_TYPE_TEXT;
            case INTEGER -> io.graft.v1.ColumnType.COLUMN_TYPE_INTEGER;
            case DECIMAL -> io.graft.v1.ColumnType.COLUMN_TYPE_DECIMAL;
            case BOOLEAN -> io.graft.v1.ColumnType.COLUMN_TYPE_BOOLEAN;
            case LIST -> io.graft.v1.ColumnType.COLUMN_TYPE_LIST;
            case OBJECT -> io.graft.v1.ColumnType.COLUMN_TYPE_OBJECT;
            case IMAGE -> io.graft.v1.ColumnType.COLUMN_TYPE_IMAGE;
        };
    }

    private static GraftException malformed(DatasetException e) {
        Map<String, String> metadata = new HashMap<>();
        RowProblem first = e.problems().getFirst();
        metadata.put("file", first.file());
        metadata.put("row", Long.toString(first.row()));
        if (first.column() != null) {
            metadata.put("column", first.column());
        }
        metadata.put("problems", Integer.toString(e.problems().size()));
        return new GraftException(ErrorCode.MALFORMED_DATASET, String.valueOf(e.getMessage()), metadata, e);
    }
}
