package io.graft.platform.postgres;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.FilterTerm;
import io.graft.platform.query.FilterTerm.Operator;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Terms of a filter as a condition in SQL. Values and label keys are bound, never written into the text.
 *
 * @param sql begins with {@code AND} for each term; empty without terms
 * @param bindings values by the name they have in the text
 */
public record SqlFilter(String sql, Map<String, Object> bindings) {
    public SqlFilter {
        bindings = Map.copyOf(bindings);
    }

    /**
     * Translates terms.
     *
     * @param columns how each field that the list declares is kept; {@code labels} stands for every {@code labels.KEY}
     * @throws GraftException {@code INVALID_FILTER} for a value or operator that the field does not take
     */
    public static SqlFilter of(List<FilterTerm> terms, Map<String, Column> columns) {
        StringBuilder sql = new StringBuilder();
        Map<String, Object> bindings = new LinkedHashMap<>();
        for (FilterTerm term : terms) {
            boolean label = term.field().startsWith("labels.");
            Column column = columns.get(label ? "labels" : term.field());
            if (column == null) {
                throw refuse("can't compare '" + term.field() + "'");
            }
            String name = "filter" + bindings.size();
            sql.append(" and ").append(condition(term, column, name, bindings));
        }
        return new SqlFilter(sql.toString(), bindings);
    }

    private static String condition(FilterTerm term, Column column, String name, Map<String, Object> bindings) {
        return switch (column) {
            case Text(String sql) -> {
                bindings.put(name, term.value());
                yield sql + equality(term) + ":" + name;
            }
            case Choice(String sql, String prefix, Set<String> values) -> {
                String value = term.value().startsWith(prefix) ? term.value().substring(prefix.length()) : term.value();
                if (!values.contains(value)) {
                    throw refuse("'" + term.value() + "' is none of " + new TreeSet<>(values));
                }
                bindings.put(name, value);
                yield sql + equality(term) + ":" + name;
            }
            case Time(String sql) -> {
                bindings.put(name, time(term.value()));
                yield sql + " " + term.operator().symbol() + " :" + name;
            }
            case Labels(String sql) -> {
                bindings.put(name, term.value());
                bindings.put(name + "key", term.field().substring("labels.".length()));
                yield "(" + sql + " ->> :" + name + "key)" + equality(term) + ":" + name;
            }
        };
    }

    private static String equality(FilterTerm term) {
        return switch (term.operator()) {
            case EQUAL -> " is not distinct from ";
            case NOT_EQUAL -> " is distinct from ";
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                throw refuse("compares '" + term.field() + "' with " + Operator.EQUAL.symbol() + " and "
                        + Operator.NOT_EQUAL.symbol() + " only");
        };
    }

    private static Instant time(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw GraftException.invalid(
                    ErrorCode.INVALID_FILTER,
                    List.of(new FieldViolation("filter", "'" + value + "' is not a time as in 2026-01-31T12:00:00Z")),
                    e);
        }
    }

    private static GraftException refuse(String why) {
        return GraftException.invalid(ErrorCode.INVALID_FILTER, List.of(new FieldViolation("filter", why)));
    }

    /** How a field is kept. */
    public sealed interface Column {}

    /** Text that is compared as it is. */
    public record Text(String sql) implements Column {}

    /** One of a few values, which a filter may write with or without the prefix of the API's enumeration. */
    public record Choice(String sql, String prefix, Set<String> values) implements Column {
        public Choice {
            values = Set.copyOf(values);
        }
    }

    /** A {@code timestamptz}. */
    public record Time(String sql) implements Column {}

    /** A {@code jsonb} object of strings. */
    public record Labels(String sql) implements Column {}
}
