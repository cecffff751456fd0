package io.graft.engine.metrics.scaling;

import java.time.Duration;

/** A fit was not done in the time that its caller gave it. Fewer points or fewer refits take less. */
public final class FitTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FitTimeoutException(Duration most) {
        super("the law was not fitted within " + most.toSeconds() + " s; give fewer points, or fewer refits");
    }
}
