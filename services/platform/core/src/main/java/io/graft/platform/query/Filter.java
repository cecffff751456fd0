package io.graft.platform.query;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.query.FilterTerm.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of AIP-160 that lists take: comparisons of declared fields joined by AND. */
public final class Filter {
    private static final int MAX_LENGTH = 2000;
    private static final Pattern TERM = Pattern.compile(
            "\\s*([a-z][a-z0-9_]*(?:\\.[A-Za-z0-9._-]+)?)\\s*(!=|<=|>=|=|<|>)\\s*(\"((?:[^\"\\\\]|\\\\.)*)\"|[A-Za-z0-9_:.+/-]+)\\s*");
    private static final Pattern AND = Pattern.compile("AND\\b");

    private Filter() {}

    /**
     * Reads a filter.
     *
     * @param fields the fields that may be compared; {@code labels} stands for every {@code labels.KEY}
     * @return the terms; none for an empty filter
     * @throws GraftException {@code INVALID_FILTER} saying where the filter goes wrong
     */
    public static List<FilterTerm> parse(String filter, Set<String> fields) {
        if (filter.isBlank()) {
            return List.of();
        }
        if (filter.length() > MAX_LENGTH) {
            throw refuse("is longer than " + MAX_LENGTH + " characters");
        }
        List<FilterTerm> terms = new ArrayList<>();
        Matcher term = TERM.matcher(filter);
        int at = 0;
        while (true) {
            if (!term.region(at, filter.length()).lookingAt()) {
                throw refuse("expects FIELD OPERATOR VALUE at character " + (at + 1)
                        + ", for example state = RUNNING AND kind = \"graft\"");
            }
            terms.add(new FilterTerm(field(term.group(1), fields), operator(term.group(2)), value(term)));
            at = term.end();
            if (at == filter.length()) {
                return List.copyOf(terms);
            }
            Matcher and = AND.matcher(filter).region(at, filter.length());
            if (!and.lookingAt()) {
                throw refuse("expects AND at character " + (at + 1) + "; OR, NOT and brackets are not supported");
            }
            at = and.end();
        }
    }

    private static String field(String name, Set<String> fields) {
        boolean known = name.startsWith("labels.") ? fields.contains("labels") : fields.contains(name);
        if (!known || name.equals("labels")) {
            throw refuse("can't compare '" + name + "'; it compares " + new TreeSet<>(fields));
        }
        return name;
    }

    private static Operator operator(String symbol) {
        for (Operator operator : Operator.values()) {
            if (operator.symbol().equals(symbol)) {
                return operator;
            }
        }
        throw new IllegalStateException(symbol);
    }

    private static String value(Matcher term) {
        String quoted = term.group(4);
        return quoted == null ? term.group(3) : quoted.replaceAll("\\\\(.)", "$1");
    }

    private static GraftException refuse(String why) {
        return GraftException.invalid(ErrorCode.INVALID_FILTER, List.of(new FieldViolation("filter", why)));
    }
}
