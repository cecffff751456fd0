package io.graft.engine.data;

import io.graft.platform.datasets.row.Value;
import io.graft.platform.datasets.schema.ColumnRule;
import io.graft.platform.datasets.schema.ColumnType;
import io.graft.platform.datasets.schema.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** The classes of a data set, by their index. */
final class Classes {
    private static final int MOST = 10_000;

    private final List<String> names;
    private final Map<String, Integer> indices = new HashMap<>();

    Classes(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            if (indices.put(names.get(i), i) != null) {
                throw new DataException("The class '" + names.get(i) + "' is named twice. Name each class once.");
            }
        }
    }

    /** As {@link ExampleReader#classes}. */
    static List<String> find(Path folder, String split, ColumnRoles roles, long maxRows) throws IOException {
        String column = roles.labelOrDefault();
        Set<String> seen = new TreeSet<>();
        ExampleRows.forEach(folder, split, List.of(new ColumnRule.Label(column, Set.of())), maxRows, (row, rows) -> {
            if (seen.add(label(row.value(column))) && seen.size() > MOST) {
                throw new DataException("Column '" + column + "' has more than " + MOST
                        + " distinct values. Name a column of classes, or state the classes.");
            }
        });
        return seen.stream().allMatch(label -> ColumnType.ofText(label) == ColumnType.INTEGER)
                ? upTo(seen, column)
                : List.copyOf(seen);
    }

    private static List<String> upTo(Set<String> numbers, String column) {
        long least = numbers.stream().mapToLong(Long::parseLong).min().orElse(0);
        long greatest = numbers.stream().mapToLong(Long::parseLong).max().orElse(0);
        if (least < 0 || greatest >= MOST) {
            throw new DataException("Column '" + column + "' has whole numbers from " + least + " to " + greatest
                    + ". Number classes from 0 to at most " + (MOST - 1) + ", or state the classes.");
        }
        return LongStream.rangeClosed(0, greatest).mapToObj(Long::toString).toList();
    }

    private static String label(Value value) {
        String label = Labels.text(value);
        if (label == null) {
            throw new IllegalStateException("no label: " + value.excerpt());
        }
        return label;
    }

    /** Finds values that are none of the classes. */
    ColumnRule rule(ColumnRoles roles) {
        return new ColumnRule.Label(roles.labelOrDefault(), Set.copyOf(names));
    }

    /** The index of a value that keeps the rule. */
    int index(Value value) {
        Integer index = indices.get(label(value));
        if (index == null) {
            throw new IllegalStateException("no class: " + value.excerpt());
        }
        return index;
    }
}
