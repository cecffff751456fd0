package io.graft.platform.kafka;

import org.jspecify.annotations.Nullable;

/** A message that will never be an event, however often it is read. */
public final class PoisonEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PoisonReason reason;

    PoisonEventException(PoisonReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public PoisonReason reason() {
        return reason;
    }
}
