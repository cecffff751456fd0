package io.graft.engine.benchmark;

import java.io.IOException;

/** The measurement could not be made; the message says why and what helps. */
final class BenchmarkException extends IOException {
    private static final long serialVersionUID = 1L;

    BenchmarkException(String message) {
        super(message);
    }

    BenchmarkException(String message, Throwable cause) {
        super(message, cause);
    }
}
