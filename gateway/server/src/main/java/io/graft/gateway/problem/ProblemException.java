package io.graft.gateway.problem;

import com.google.rpc.Code;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The gateway refuses a request before any service sees it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** A request that can't be read at all; status 400. */
    public static ProblemException invalid(String detail) {
        return new ProblemException(Problem.of(400, Code.INVALID_ARGUMENT, "INVALID_REQUEST", detail));
    }

    /** The same, for a reason that another exception gave. */
    public static ProblemException invalid(String detail, Throwable cause) {
        ProblemException refused = invalid(detail);
        refused.initCause(cause);
        return refused;
    }

    /** A request with bad fields; status 400. {@code violations} must not be empty. */
    public static ProblemException invalid(String reason, List<FieldViolation> violations) {
        String detail = violations.stream()
                .map(violation -> violation.field() + ": " + violation.description())
                .collect(Collectors.joining("; "));
        return new ProblemException(new Problem(
                400, Code.INVALID_ARGUMENT.name(), reason, Problem.DOMAIN, detail, Map.of(), violations, List.of()));
    }

    public Problem problem() {
        return problem;
    }
}
