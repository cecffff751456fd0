package io.graft.platform.datasets.schema;

import java.util.List;

/**
 * One column of a schema.
 *
 * @param optional true if some row has no value
 * @param labels the distinct values in their sorted order if the column can be a label (text, whole numbers or
 *     booleans, few and short enough); empty otherwise
 */
public record Column(String name, ColumnType type, boolean optional, List<String> labels) {
    public Column {
        labels = List.copyOf(labels);
    }
}
