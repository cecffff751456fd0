package io.graft.platform.methods;

/** No method of that kind has that name. The message names those there are; safe to show to a caller. */
public final class UnknownMethodException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownMethodException(String message) {
        super(message);
    }
}
