package io.graft.platform.datasets.schema;

import io.graft.platform.datasets.row.Value;
import org.jspecify.annotations.Nullable;

/** How a class is written: text as it is, whole numbers in decimal, {@code true} and {@code false}. */
public final class Labels {
    private Labels() {}

    /** The label that a value is, or null if it cannot be one. */
    public static @Nullable String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Truth(boolean truth) -> Boolean.toString(truth);
            case Value.Decimal _, Value.Items _, Value.Fields _, Value.Image _, Value.Absent _ -> null;
        };
    }
}
