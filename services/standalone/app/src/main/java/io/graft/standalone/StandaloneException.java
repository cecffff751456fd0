package io.graft.standalone;

import org.jspecify.annotations.Nullable;

/** A start that cannot go on. The message names the cure and is shown to the user as it stands. */
final class StandaloneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    StandaloneException(ExitStatus status, String message) {
        this(status, message, null);
    }

    StandaloneException(ExitStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    ExitStatus status() {
        return status;
    }
}
