package io.graft.platform.datasets.row;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One example as it is in the file.
 *
 * @param file path inside the data set
 * @param number the first line of the row in a text file, its ordinal in any other; from 1
 * @param values by column, in the order of the file
 */
public record Row(String file, long number, Map<String, Value> values) {
    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value of a column, {@link Value.Absent#ABSENT} where the row has none. */
    public Value value(String column) {
        return values.getOrDefault(column, Value.Absent.ABSENT);
    }
}
