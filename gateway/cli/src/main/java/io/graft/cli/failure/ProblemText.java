package io.graft.cli.failure;

import java.util.TreeMap;

/** A problem as one block of lines. */
public final class ProblemText {
    private ProblemText() {}

    public static String of(Problem problem) {
        StringBuilder text = new StringBuilder("error: ").append(problem.reason());
        if (problem.violations().isEmpty()) {
            text.append("\n  ").append(problem.message().replace("\n", "\n  "));
        }
        problem.violations()
                .forEach(v -> text.append("\n  ").append(v.field()).append(": ").append(v.description()));
        new TreeMap<>(problem.metadata())
                .forEach((key, value) ->
                        text.append("\n  ").append(key).append(" = ").append(value));
        if (!problem.requestId().isEmpty()) {
            text.append("\n  request ").append(problem.requestId());
        }
        if (!problem.traceId().isEmpty()) {
            text.append("\n  trace ").append(problem.traceId());
        }
        return text.append('\n').toString();
    }
}
