package io.graft.cli.file;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Tries a transfer again after a failure of network or store; never after a refusal.
 *
 * @param attempts in all
 * @param firstPause before the second attempt; doubles after each
 */
record Retries(int attempts, Duration firstPause) {
    static final Retries DEFAULT = new Retries(4, Duration.ofMillis(500));

    /** One try. */
    interface Attempt<T> {
        T run() throws IOException;
    }

    <T> T run(Attempt<T> attempt) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                return attempt.run();
            } catch (UrlRefusedException refused) {
                throw refused;
            } catch (IOException e) {
                if (tried == attempts || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(firstPause.toNanos() << (tried - 1));
            }
        }
    }
}
