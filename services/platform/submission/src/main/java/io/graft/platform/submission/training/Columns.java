package io.graft.platform.submission.training;

import io.graft.v1.ColumnType;
import io.graft.v1.DataColumns;
import io.graft.v1.DatasetSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns that an objective reads, by role. */
final class Columns {
    private static final Set<ColumnType> TEXT = Set.of(ColumnType.COLUMN_TYPE_TEXT);
    private static final Set<ColumnType> CLASS =
            Set.of(ColumnType.COLUMN_TYPE_TEXT, ColumnType.COLUMN_TYPE_INTEGER, ColumnType.COLUMN_TYPE_BOOLEAN);
    private static final Set<ColumnType> IMAGE = Set.of(ColumnType.COLUMN_TYPE_IMAGE, ColumnType.COLUMN_TYPE_TEXT);
    private static final Set<ColumnType> MESSAGES = Set.of(ColumnType.COLUMN_TYPE_LIST);

    private Columns() {}

    /** A column in its role, with the types that it may have. */
    record Use(String role, String column, Set<ColumnType> types) {}

    /** The columns, with the usual names where the objective reads one and none is given. */
    static DataColumns effective(Task task, DataColumns given, DatasetSchema schema) {
        DataColumns.Builder columns = given.toBuilder();
        switch (task) {
            case CLASSIFICATION, INPUTS -> {
                if (given.getText().isEmpty() && given.getImage().isEmpty()) {
                    boolean images = schema.getColumnsList().stream()
                            .anyMatch(column -> column.getType() == ColumnType.COLUMN_TYPE_IMAGE);
                    columns = images ? columns.setImage("image") : columns.setText("text");
                }
                if (given.getLabel().isEmpty() && task == Task.CLASSIFICATION) {
                    columns.setLabel("label");
                }
            }
            case PAIR_CLASSIFICATION -> {
                pair(columns, given);
                if (given.getLabel().isEmpty()) {
                    columns.setLabel("label");
                }
            }
            case CAUSAL_LM -> {
                if (given.getText().isEmpty()
                        && given.getMessages().isEmpty()
                        && given.getPrompt().isEmpty()
                        && given.getCompletion().isEmpty()) {
                    columns.setText("text");
                }
            }
            case PAIRS -> pair(columns, given);
            case OTHER -> {}
        }
        return columns.build();
    }

    private static void pair(DataColumns.Builder columns, DataColumns given) {
        if (given.getText().isEmpty()) {
            columns.setText("text");
        }
        if (given.getTextPair().isEmpty()) {
            columns.setTextPair("text_pair");
        }
    }

    /** The columns that have a name. */
    static List<Use> used(DataColumns columns) {
        List<Use> uses = new ArrayList<>();
        add(uses, "text", columns.getText(), TEXT);
        add(uses, "text_pair", columns.getTextPair(), TEXT);
        add(uses, "label", columns.getLabel(), CLASS);
        add(uses, "prompt", columns.getPrompt(), TEXT);
        add(uses, "completion", columns.getCompletion(), TEXT);
        add(uses, "messages", columns.getMessages(), MESSAGES);
        add(uses, "image", columns.getImage(), IMAGE);
        add(uses, "negative", columns.getNegative(), TEXT);
        return uses;
    }

    private static void add(List<Use> uses, String role, String column, Set<ColumnType> types) {
        if (!column.isEmpty()) {
            uses.add(new Use(role, column, types));
        }
    }
}
