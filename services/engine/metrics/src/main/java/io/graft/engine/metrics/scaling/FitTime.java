package io.graft.engine.metrics.scaling;

import java.time.Duration;

/** How long a fit may take. Thread-safe. */
final class FitTime {
    private final Duration most;
    private final long begun = System.nanoTime();

    FitTime(Duration most) {
        this.most = most;
    }

    /** @throws FitTimeoutException when the time is over */
    void check() {
        if (System.nanoTime() - begun > most.toNanos()) {
            throw new FitTimeoutException(most);
        }
    }
}
