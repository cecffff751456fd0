package io.graft.embedded;

import org.jspecify.annotations.Nullable;

/** A part that cannot start or stop. The message names the cure and is safe to show; it holds no secret. */
public final class EmbeddedPartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    EmbeddedPartException(Reason reason, String message) {
        this(reason, message, null);
    }

    EmbeddedPartException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of fault it is. */
    public Reason reason() {
        return reason;
    }

    /** Why a part is not there. */
    public enum Reason {
        /** A setting is absent or out of range. */
        INVALID_SETTINGS,
        /** Another program listens on the port. */
        PORT_IN_USE,
        /** The data directory cannot be created or written to. */
        DIRECTORY_NOT_WRITABLE,
        /** The data directory belongs to a running instance that does not stop. */
        DATA_IN_USE,
        /** The secret given is not the one that the data was created with. */
        WRONG_PASSWORD,
        /** The part began to start and failed. */
        START_FAILED,
        /** The part did not stop cleanly; its data is recovered at the next start. */
        STOP_FAILED
    }
}
