package io.graft.platform.methods;

import java.util.List;
import java.util.stream.Collectors;

/** Parameters that a method cannot take. Names every bad one; safe to show to a caller. */
public final class MethodParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ParamProblem> problems;

    /** @param problems at least one */
    public MethodParameterException(String method, List<ParamProblem> problems) {
        super(method + ": "
                + problems.stream()
                        .map(problem -> problem.param() + ": " + problem.message())
                        .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** One bad parameter. */
    public MethodParameterException(String method, String param, String message) {
        this(method, List.of(new ParamProblem(param, message)));
    }

    /** Every bad parameter, in the order found. */
    public List<ParamProblem> problems() {
        return problems;
    }
}
