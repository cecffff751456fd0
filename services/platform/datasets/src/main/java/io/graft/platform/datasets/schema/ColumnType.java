package io.graft.platform.datasets.schema;

import io.graft.platform.datasets.row.Value;
import org.jspecify.annotations.Nullable;

/** What a column holds. */
public enum ColumnType {
    /** Text in UTF-8. */
    TEXT("text"),
    /** Whole numbers of 64 bits. */
    INTEGER("whole numbers"),
    /** Numbers of which at least one has a fraction or an exponent. */
    DECIMAL("numbers"),
    /** True or false. */
    BOOLEAN("true or false"),
    /** Lists, such as the messages of a chat. */
    LIST("lists"),
    /** Objects with named values. */
    OBJECT("objects"),
    /** Pictures. */
    IMAGE("pictures");

    private final String plural;

    ColumnType(String plural) {
        this.plural = plural;
    }

    /** For messages. */
    public String plural() {
        return plural;
    }

    /** The type of one value, null if it is absent. */
    public static @Nullable ColumnType of(Value value) {
        return switch (value) {
            case Value.Text _ -> TEXT;
            case Value.Whole _ -> INTEGER;
            case Value.Decimal _ -> DECIMAL;
            case Value.Truth _ -> BOOLEAN;
            case Value.Items _ -> LIST;
            case Value.Fields _ -> OBJECT;
            case Value.Image _ -> IMAGE;
            case Value.Absent _ -> null;
        };
    }

    /** What a text alone, such as a cell of a CSV file, can be read as: INTEGER, DECIMAL, BOOLEAN or TEXT. */
    public static ColumnType ofText(String text) {
        if (text.equals("true") || text.equals("false")) {
            return BOOLEAN;
        }
        if (text.matches("[+-]?[0-9]{1,18}")) {
            return INTEGER;
        }
        return text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?") ? DECIMAL : TEXT;
    }
}
