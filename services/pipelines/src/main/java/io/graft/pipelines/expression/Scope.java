package io.graft.pipelines.expression;

import java.util.Map;
import java.util.TreeMap;

/**
 * The variables that an expression may use. A name may be dotted, such as {@code steps.graft}: only what is named exists, so
 * that a name with a typing error, or of a step that has not run yet, is found before anything runs.
 */
public record Scope(Map<String, Type> variables) {
    public Scope {
        variables = Map.copyOf(variables);
    }

    /** No variables. */
    public static Scope empty() {
        return new Scope(Map.of());
    }

    /** This scope with one variable more. */
    public Scope with(String name, Type type) {
        Map<String, Type> more = new TreeMap<>(variables);
        more.put(name, type);
        return new Scope(more);
    }

    /** The names, for messages. */
    String names() {
        return String.join(", ", new TreeMap<>(variables).keySet());
    }
}
