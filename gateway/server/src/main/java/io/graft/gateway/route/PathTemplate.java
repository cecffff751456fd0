package io.graft.gateway.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path pattern of {@code google.api.http}, for example <code>/v1/{name=tenants/*&#47;jobs/*}:cancel</code>.
 *
 * @param segments the pattern without its variables' braces
 * @param variables which segments each request field takes
 * @param verb what follows the colon; empty when there is none
 */
public record PathTemplate(List<Segment> segments, List<Variable> variables, String verb) {
    public PathTemplate {
        segments = List.copyOf(segments);
        variables = List.copyOf(variables);
    }

    /** What one place of a path accepts. */
    public sealed interface Segment {
        /** Exactly this text. */
        record Literal(String text) implements Segment {}

        /** Any one segment: {@code *}. */
        record Any() implements Segment {}

        /** All segments that are left, also none: {@code **}; only at the end. */
        record Rest() implements Segment {}
    }

    /**
     * A request field bound to the segments {@code from} (included) to {@code to} (excluded).
     *
     * @param field path of the field in proto spelling, for example {@code alias.name}
     */
    public record Variable(String field, int from, int to) {}

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it does not follow the grammar
     */
    public static PathTemplate parse(String pattern) {
        int colon = pattern.lastIndexOf(':');
        boolean hasVerb = colon > Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('}'));
        String path = hasVerb ? pattern.substring(0, colon) : pattern;
        List<Segment> segments = new ArrayList<>();
        List<Variable> variables = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            if (path.charAt(at) != '/') {
                throw new IllegalArgumentException(pattern + " lacks a '/' at " + at);
            }
            at++;
            int from = segments.size();
            if (at < path.length() && path.charAt(at) == '{') {
                int close = path.indexOf('}', at);
                if (close < 0) {
                    throw new IllegalArgumentException(pattern + " has a '{' without '}'");
                }
                String[] parts = path.substring(at + 1, close).split("=", 2);
                addAll(segments, parts.length == 2 ? parts[1] : "*");
                variables.add(new Variable(parts[0], from, segments.size()));
                at = close + 1;
            } else {
                int slash = path.indexOf('/', at);
                int end = slash < 0 ? path.length() : slash;
                addAll(segments, path.substring(at, end));
                at = end;
            }
        }
        if (segments.indexOf(new Segment.Rest()) >= 0 && segments.indexOf(new Segment.Rest()) < segments.size() - 1) {
            throw new IllegalArgumentException(pattern + " has '**' before its end");
        }
        return new PathTemplate(segments, variables, hasVerb ? pattern.substring(colon + 1) : "");
    }

    /** The variables' values when the path fits, by field; a value of several segments is joined by slashes. */
    public Optional<Map<String, String>> match(RequestPath path) {
        if (!verb.equals(path.verb()) || !fits(path.segments())) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Variable variable : variables) {
            boolean open = segments.get(variable.to() - 1) instanceof Segment.Rest;
            int to = open ? path.segments().size() : variable.to();
            values.put(variable.field(), String.join("/", path.segments().subList(variable.from(), to)));
        }
        return Optional.of(values);
    }

    private boolean fits(List<String> path) {
        boolean open = !segments.isEmpty() && segments.getLast() instanceof Segment.Rest;
        int fixed = open ? segments.size() - 1 : segments.size();
        if (open ? path.size() < fixed : path.size() != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            if (segments.get(i) instanceof Segment.Literal(String text) && !text.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static void addAll(List<Segment> segments, String pattern) {
        for (String part : pattern.split("/", -1)) {
            switch (part) {
                case "" -> throw new IllegalArgumentException("'" + pattern + "' has an empty segment");
                case "*" -> segments.add(new Segment.Any());
                case "**" -> segments.add(new Segment.Rest());
                default -> segments.add(new Segment.Literal(part));
            }
        }
    }
}
