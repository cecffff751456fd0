package io.graft.platform.jobs;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Whether reports of workers come through. While they don't, the silence of a worker means nothing. Thread-safe.
 */
final class EventFlow {
    private final BooleanSupplier flows;
    private long steadySince = System.nanoTime();

    /** @param flows whether the reports are being read right now, up to the last one */
    EventFlow(BooleanSupplier flows) {
        this.flows = flows;
    }

    /** Looks whether reports flow now; called at every pass of the reconciler. */
    synchronized void look() {
        if (!flows.getAsBoolean()) {
            steadySince = System.nanoTime();
        }
    }

    synchronized boolean isSteadyFor(Duration time) {
        look();
        return System.nanoTime() - steadySince >= time.toNanos();
    }
}
