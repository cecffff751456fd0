package io.graft.platform.datasets.schema;

import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was seen of one column so far. */
final class ColumnTally {
    private static final int LONGEST_LABEL = 100;

    private final String name;
    private final boolean untyped;
    private final int mostLabels;
    private final Set<String> labels = new HashSet<>();
    private @Nullable ColumnType type;
    private long values;
    private boolean manyLabels;

    /** @param untyped true if the file knows text only, so that numbers are recognised by their look */
    ColumnTally(String name, boolean untyped, int mostLabels) {
        this.name = name;
        this.untyped = untyped;
        this.mostLabels = mostLabels;
    }

    void add(Row row, Value value, RowProblems problems) {
        ColumnType seen =
                untyped && value instanceof Value.Text(String text) ? ColumnType.ofText(text) : ColumnType.of(value);
        if (seen == null) {
            return;
        }
        values++;
        ColumnType merged = merge(type, seen);
        if (merged == null) {
            problems.report(RowProblem.ofValue(
                    row,
                    name,
                    "is one of " + seen.plural() + " where the rows before hold " + plural(type),
                    "Give the column the same type in every row"));
            return;
        }
        type = merged;
        addLabel(value);
    }

    private static String plural(@Nullable ColumnType type) {
        return type == null ? "nothing" : type.plural();
    }

    private @Nullable ColumnType merge(@Nullable ColumnType known, ColumnType seen) {
        if (known == null || known == seen) {
            return seen;
        }
        Set<ColumnType> both = Set.of(known, seen);
        if (both.equals(Set.of(ColumnType.INTEGER, ColumnType.DECIMAL))) {
            return ColumnType.DECIMAL;
        }
        return untyped ? ColumnType.TEXT : null;
    }

    private void addLabel(Value value) {
        if (manyLabels) {
            return;
        }
        String label = Labels.text(value);
        if (label == null || label.length() > LONGEST_LABEL || (labels.add(label) && labels.size() > mostLabels)) {
            manyLabels = true;
            labels.clear();
        }
    }

    /** @param rows of the whole data set */
    Column column(long rows) {
        ColumnType known = type == null ? ColumnType.TEXT : type;
        return new Column(name, known, values < rows, List.copyOf(sorted(known)));
    }

    private List<String> sorted(ColumnType known) {
        Comparator<String> order =
                known == ColumnType.INTEGER ? Comparator.comparing(Long::parseLong) : Comparator.naturalOrder();
        return known == ColumnType.DECIMAL
                ? List.of()
                : labels.stream().sorted(order).toList();
    }
}
