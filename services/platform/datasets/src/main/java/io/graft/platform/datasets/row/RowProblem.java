package io.graft.platform.datasets.row;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one row, or with a whole file when {@code row} is 0.
 *
 * @param file path inside the data set
 * @param row as {@link Row#number()}
 * @param column null when it is the row as a whole
 * @param value a short excerpt of what is there, null when there is nothing to show
 * @param what the fault, a clause such as {@code is not a whole number}
 * @param cure a sentence without its full stop, telling the owner of the data what to do
 */
public record RowProblem(
        String file,
        long row,
        @Nullable String column,
        @Nullable String value,
        String what,
        String cure) {

    /** A problem of a file as a whole. */
    public static RowProblem ofFile(String file, String what, String cure) {
        return new RowProblem(file, 0, null, null, what, cure);
    }

    /** A problem of a row as a whole. */
    public static RowProblem ofRow(String file, long row, String what, String cure) {
        return new RowProblem(file, row, null, null, what, cure);
    }

    /** A problem of one value. */
    public static RowProblem ofValue(Row row, String column, String what, String cure) {
        Value value = row.value(column);
        return new RowProblem(
                row.file(), row.number(), column, value instanceof Value.Absent ? null : value.excerpt(), what, cure);
    }

    /** One line: {@code train.jsonl, row 7, column 'label' (12): is not one of ... . Cure.} */
    public String message() {
        StringBuilder text = new StringBuilder(Value.excerptOf(file));
        if (row > 0) {
            text.append(", row ").append(row);
        }
        if (column != null) {
            text.append(", column '").append(Value.excerptOf(column)).append('\'');
        }
        if (value != null) {
            text.append(" (").append(value).append(')');
        }
        return text.append(' ')
                .append(what)
                .append(". ")
                .append(cure)
                .append('.')
                .toString();
    }
}
