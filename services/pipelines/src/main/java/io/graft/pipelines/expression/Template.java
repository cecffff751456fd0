package io.graft.pipelines.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text with expressions in it, each between a dollar sign with two opening braces and two closing ones. A text that is one
 * expression gives its value as it is; otherwise the values are written into the text. A second dollar sign before them makes
 * the opening characters text.
 */
public final class Template {
    private static final String OPEN = "${{";
    private static final String CLOSE = "}}";

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A literal, or an expression. */
    private record Part(String text, boolean expression) {}

    /** @throws ExpressionException when an expression has no end */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$" + OPEN, at)) {
                literal.append(OPEN);
                at += OPEN.length() + 1;
            } else if (text.startsWith(OPEN, at)) {
                int end = end(text, at + OPEN.length());
                if (!literal.isEmpty()) {
                    parts.add(new Part(literal.toString(), false));
                    literal.setLength(0);
                }
                parts.add(new Part(text.substring(at + OPEN.length(), end).strip(), true));
                at = end + CLOSE.length();
            } else {
                literal.append(text.charAt(at++));
            }
        }
        if (!literal.isEmpty() || parts.isEmpty()) {
            parts.add(new Part(literal.toString(), false));
        }
        return new Template(parts);
    }

    /** Whether it has no expression. */
    public boolean isLiteral() {
        return parts.stream().noneMatch(Part::expression);
    }

    /** Whether it is nothing but one expression, whose type is then the template's. */
    public boolean isExpression() {
        return parts.size() == 1 && parts.getFirst().expression();
    }

    /** @throws ExpressionException as {@link Expressions#check} */
    public void check(Expressions expressions, Scope scope, Type wanted) {
        for (Part part : parts) {
            if (part.expression()) {
                expressions.check(scope, part.text(), isExpression() ? wanted : new Type.Any());
            }
        }
    }

    /** @throws ExpressionException as {@link Expressions#evaluate} */
    public @Nullable Object value(Expressions expressions, Scope scope, Map<String, ?> values) {
        if (isExpression()) {
            return expressions.evaluate(scope, parts.getFirst().text(), values);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.expression() ? expressions.evaluate(scope, part.text(), values) : part.text());
        }
        return text.toString();
    }

    /** The end of an expression that begins at {@code from}; texts in quotes are passed over. */
    private static int end(String text, int from) {
        char quote = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                if (c == '\\') {
                    at++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (text.startsWith(CLOSE, at)) {
                return at;
            }
        }
        throw new ExpressionException("has '${{' without '}}'");
    }
}
