package io.graft.platform.datasets.schema;

import io.graft.platform.datasets.format.DataFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a data set holds.
 *
 * @param rows of all files
 * @param rowsBySplit rows of each {@link io.graft.platform.datasets.file.Splits split}; {@code ""} for files of none
 */
public record Schema(DataFormat format, List<Column> columns, long rows, Map<String, Long> rowsBySplit) {
    public Schema {
        columns = List.copyOf(columns);
        rowsBySplit = Map.copyOf(rowsBySplit);
    }

    /** The column of a name, or null. */
    public @Nullable Column column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
