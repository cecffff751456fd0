package io.graft.platform.datasets.schema;

import io.graft.platform.datasets.row.Row;
import io.graft.platform.datasets.row.RowProblem;
import io.graft.platform.datasets.row.RowProblems;
import io.graft.platform.datasets.row.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a use of a data set asks of one column of every row. */
public sealed interface ColumnRule {
    /** The column that the rule is about. */
    String column();

    /** Tells what is wrong with the column in this row. */
    default void check(Row row, RowProblems problems) {
        Value value = row.value(column());
        Fault fault = value instanceof Value.Absent
                ? new Fault("is missing; the row has " + columns(row), "Add it to the row, or name another column")
                : fault(value);
        if (fault != null) {
            problems.report(RowProblem.ofValue(row, column(), fault.what(), fault.cure()));
        }
    }

    /** What is wrong with a value that is there, or null. */
    @Nullable
    Fault fault(Value value);

    /** The two halves of a message. */
    record Fault(String what, String cure) {}

    /** Text that is not blank. */
    record Words(String column) implements ColumnRule {
        @Override
        public @Nullable Fault fault(Value value) {
            return switch (value) {
                case Value.Text(String text) when text.isBlank() -> new Fault("is blank", "Fill it in or drop the row");
                case Value.Text _ -> null;
                default -> new Fault("is no text", "Write it as text");
            };
        }
    }

    /**
     * A class.
     *
     * @param known the classes there may be; empty if any is fine
     */
    record Label(String column, Set<String> known) implements ColumnRule {
        private static final int SHOWN = 20;

        public Label {
            known = Set.copyOf(known);
        }

        @Override
        public @Nullable Fault fault(Value value) {
            String label = Labels.text(value);
            if (label == null) {
                return new Fault("is no label", "Write a text, a whole number, true or false");
            }
            if (known.isEmpty() || known.contains(label)) {
                return null;
            }
            String shown = known.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
            return new Fault(
                    "is none of the labels " + Value.excerptOf(shown), "Correct it, or state it among the labels");
        }
    }

    /** A number, such as the likeness of two sentences; a text that looks like one counts. */
    record Number(String column) implements ColumnRule {
        @Override
        public @Nullable Fault fault(Value value) {
            boolean number = switch (value) {
                case Value.Whole _, Value.Decimal _ -> true;
                case Value.Text(String text) ->
                    Set.of(ColumnType.INTEGER, ColumnType.DECIMAL).contains(ColumnType.ofText(text));
                default -> false;
            };
            return number ? null : new Fault("is no number", "Write a number");
        }
    }

    /** A chat: a list of objects with {@code role} and {@code content}, at least one by the assistant. */
    record Chat(String column) implements ColumnRule {
        private static final String CURE =
                "Write [{\"role\": \"user\", \"content\": \"...\"}, {\"role\": \"assistant\", \"content\": \"...\"}]";

        @Override
        public @Nullable Fault fault(Value value) {
            if (!(value instanceof Value.Items(List<Value> messages))) {
                return new Fault("is no list of messages", CURE);
            }
            boolean answered = false;
            for (int i = 0; i < messages.size(); i++) {
                if (!(messages.get(i) instanceof Value.Fields(Map<String, Value> fields))
                        || !(fields.get("role") instanceof Value.Text(String role))
                        || !(fields.get("content") instanceof Value.Text)) {
                    return new Fault("has a message " + (i + 1) + " without a role and a content in text", CURE);
                }
                answered |= role.equals("assistant");
            }
            return answered ? null : new Fault("has no message of the assistant, so nothing to learn from", CURE);
        }
    }

    /** A picture. */
    record Picture(String column) implements ColumnRule {
        @Override
        public @Nullable Fault fault(Value value) {
            return value instanceof Value.Image
                    ? null
                    : new Fault("is no picture", "Use a folder of pictures, IDX files or a Parquet column of pictures");
        }
    }

    /** A type that the owner stated; in a CSV file the text has to look like one. */
    record Typed(String column, ColumnType type) implements ColumnRule {
        @Override
        public @Nullable Fault fault(Value value) {
            ColumnType seen = ColumnType.of(value);
            boolean fits = seen == type
                    || (type == ColumnType.DECIMAL && seen == ColumnType.INTEGER)
                    || (value instanceof Value.Text(String text) && looksLike(ColumnType.ofText(text)));
            return fits
                    ? null
                    : new Fault(
                            "is none of the " + type.plural() + " that were stated",
                            "Correct it, or state another type");
        }

        private boolean looksLike(ColumnType seen) {
            return seen == type || (type == ColumnType.DECIMAL && seen == ColumnType.INTEGER);
        }
    }

    private static String columns(Row row) {
        return row.values().isEmpty()
                ? "no column"
                : Value.excerptOf(String.join(", ", row.values().keySet()));
    }
}
