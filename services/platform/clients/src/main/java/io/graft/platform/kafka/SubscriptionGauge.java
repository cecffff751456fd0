package io.graft.platform.kafka;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps a subscription's figures; written by its thread, read by any. */
final class SubscriptionGauge {
    private final Clock clock;
    private boolean running = true;
    private boolean connected;
    private Instant lastTurn;
    private long handled;
    private long retried;
    private long deadLettered;
    private long lag;
    private @Nullable Instant waitingSince;

    SubscriptionGauge(Clock clock) {
        this.clock = clock;
        this.lastTurn = clock.instant();
    }

    synchronized void turn(long newLag, boolean nowConnected) {
        lastTurn = clock.instant();
        connected = nowConnected;
        lag = newLag;
        if (lag == 0) {
            waitingSince = null;
        } else if (waitingSince == null) {
            waitingSince = lastTurn;
        }
    }

    synchronized void handled() {
        handled++;
        finished();
    }

    synchronized void deadLettered() {
        deadLettered++;
        finished();
    }

    synchronized void retried() {
        retried++;
    }

    synchronized void ended() {
        running = false;
    }

    private void finished() {
        if (waitingSince != null) {
            waitingSince = clock.instant();
        }
    }

    synchronized SubscriptionStatus status() {
        return new SubscriptionStatus(running, connected, lastTurn, handled, retried, deadLettered, lag, waitingSince);
    }
}
