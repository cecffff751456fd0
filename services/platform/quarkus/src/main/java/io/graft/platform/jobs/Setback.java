package io.graft.platform.jobs;

import java.time.Duration;

/**
 * How long a job whose care failed is left alone.
 *
 * @param delay doubles with each failure in a row, up to a minute
 * @param since {@link System#nanoTime}
 */
record Setback(Duration delay, long since) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    static Setback first() {
        return new Setback(FIRST, System.nanoTime());
    }

    Setback next() {
        Duration doubled = delay.multipliedBy(2);
        return new Setback(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled, System.nanoTime());
    }

    boolean isOver() {
        return System.nanoTime() - since >= delay.toNanos();
    }
}
