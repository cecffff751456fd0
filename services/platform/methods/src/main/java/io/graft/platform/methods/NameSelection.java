package io.graft.platform.methods;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of modules as PEFT's {@code target_modules} gives them: a list, whose entries match a whole name or its last
 * parts, or one text, which is a regular expression over whole names or a word like {@code all-linear}.
 *
 * @param names the list; empty when there is a text
 * @param text the text; null when there is a list
 */
public record NameSelection(List<String> names, @Nullable String text) {
    /** Selects nothing. */
    public static final NameSelection NONE = new NameSelection(List.of(), null);

    /** Copies the list. */
    public NameSelection {
        names = List.copyOf(names);
        if (text != null && !names.isEmpty()) {
            throw new IllegalArgumentException("a selection is a list or a text, not both");
        }
    }

    /** A list of names. */
    public static NameSelection of(List<String> names) {
        return new NameSelection(names, null);
    }

    /** A regular expression or a word. */
    public static NameSelection of(String text) {
        return new NameSelection(List.of(), text);
    }

    /** Whether nothing was given. */
    public boolean isEmpty() {
        return names.isEmpty() && text == null;
    }
}
