package io.graft.platform.error;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A refusal or failure with a reason that callers may rely on. The message names the cure and is safe to show. */
public final class GraftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> metadata;
    private final transient List<FieldViolation> violations;

    public GraftException(ErrorCode code, String message) {
        this(code, message, Map.of(), List.of(), null);
    }

    public GraftException(ErrorCode code, String message, Map<String, String> metadata) {
        this(code, message, metadata, List.of(), null);
    }

    public GraftException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, Map.of(), List.of(), cause);
    }

    public GraftException(ErrorCode code, String message, Map<String, String> metadata, @Nullable Throwable cause) {
        this(code, message, metadata, List.of(), cause);
    }

    private GraftException(
            ErrorCode code,
            String message,
            Map<String, String> metadata,
            List<FieldViolation> violations,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.metadata = Map.copyOf(metadata);
        this.violations = List.copyOf(violations);
    }

    /** Refuses a request for every bad field at once; {@code violations} must not be empty. */
    public static GraftException invalid(ErrorCode code, List<FieldViolation> violations) {
        return invalid(code, violations, null);
    }

    /** As {@link #invalid(ErrorCode, List)}, with what was thrown when the request was read. */
    public static GraftException invalid(ErrorCode code, List<FieldViolation> violations, @Nullable Throwable cause) {
        StringBuilder message = new StringBuilder();
        for (FieldViolation violation : violations) {
            message.append(message.isEmpty() ? "" : "; ")
                    .append(violation.field())
                    .append(": ")
                    .append(violation.description());
        }
        return new GraftException(code, message.toString(), Map.of(), violations, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    /** The bad fields; empty when the error is not about fields. */
    public List<FieldViolation> violations() {
        return violations;
    }
}
