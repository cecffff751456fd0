package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataCheck;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetColumn;
import io.graft.v1.DatasetVersion;
import io.graft.v1.GateSubset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the subsets of rows in which a gate's conditions must hold too. */
final class SubsetFields {
    private static final String PATH = "spec.gate.subsets";
    private static final String ALL_ROWS = "all rows";
    private static final int MOST_SUBSETS = 20;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_NAME = 200;
    private static final Set<ColumnType> TYPES =
            Set.of(ColumnType.COLUMN_TYPE_TEXT, ColumnType.COLUMN_TYPE_INTEGER, ColumnType.COLUMN_TYPE_BOOLEAN);

    private SubsetFields() {}

    /** The subset with its name. */
    static GateSubset effective(GateSubset subset) {
        return subset.getName().isEmpty()
                ? subset.toBuilder()
                        .setName(subset.getColumn() + "=" + String.join(",", subset.getValuesList()))
                        .build()
                : subset;
    }

    /** Notes what is wrong with subsets that have their names, whatever the data set. */
    static void check(SpecFields fields, List<GateSubset> subsets) {
        fields.require(
                subsets.size() <= MOST_SUBSETS,
                PATH,
                "has " + subsets.size() + " subsets; ask for " + MOST_SUBSETS + " at most");
        Set<String> names = new HashSet<>(Set.of(ALL_ROWS));
        for (int i = 0; i < subsets.size(); i++) {
            GateSubset subset = subsets.get(i);
            String at = PATH + "[" + i + "]";
            fields.require(!subset.getColumn().isEmpty(), at + ".column", "is required: name a column of the data set");
            int values = subset.getValuesCount();
            fields.require(
                    values > 0 && values <= MOST_VALUES,
                    at + ".values",
                    "has " + values + " values; give 1 to " + MOST_VALUES);
            fields.require(
                    new HashSet<>(subset.getValuesList()).size() == values, at + ".values", "names a value twice");
            fields.require(
                    subset.getName().length() <= LONGEST_NAME,
                    at + ".name",
                    "has more than " + LONGEST_NAME + " characters; give a shorter one");
            fields.require(
                    names.add(subset.getName()),
                    at + ".name",
                    "is '" + subset.getName() + "', which is taken; give each subset another name");
        }
    }

    /** Notes columns that the data set does not have, or that can't be told apart by values, and values that none has. */
    static void fit(SpecFields fields, List<GateSubset> subsets, DatasetVersion rows) {
        for (int i = 0; i < subsets.size(); i++) {
            GateSubset subset = subsets.get(i);
            String at = PATH + "[" + i + "]";
            Optional<DatasetColumn> found = DataCheck.find(rows, subset.getColumn());
            fields.require(
                    found.isPresent(),
                    at + ".column",
                    "is '" + subset.getColumn() + "', which is no column of " + rows.getName() + "; it has "
                            + DataCheck.names(rows));
            found.ifPresent(column -> fit(fields, at, subset, column));
        }
    }

    private static void fit(SpecFields fields, String at, GateSubset subset, DatasetColumn column) {
        fields.require(
                TYPES.contains(column.getType()),
                at + ".column",
                "is '" + column.getName() + "', which holds "
                        + column.getType().name().replace("COLUMN_TYPE_", "")
                        + "; subsets go by TEXT, INTEGER or BOOLEAN");
        List<String> strange = subset.getValuesList().stream()
                .filter(value -> !column.getLabelsList().contains(value))
                .toList();
        fields.require(
                column.getLabelsCount() == 0 || strange.isEmpty(),
                at + ".values",
                "has " + String.join(", ", strange) + ", which no row has in '" + column.getName()
                        + "'; its values are " + String.join(", ", column.getLabelsList()));
    }
}
