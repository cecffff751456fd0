package io.graft.cli.file;

import io.graft.cli.terminal.Figures;
import io.graft.cli.terminal.Progress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes moved by several threads, shown as one bar with its speed. Thread-safe. */
final class ByteTally {
    private final Progress progress;
    private final String label;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final long start = System.nanoTime();

    ByteTally(Progress progress, String label, long total) {
        this.progress = progress;
        this.label = label;
        this.total = total;
    }

    /** Adds bytes; negative ones when they have to be moved again. */
    void add(long bytes) {
        long now = done.addAndGet(bytes);
        double seconds =
                Math.max(1e-3, Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3);
        String speed = Figures.bytes(Math.max(0, (long) (now / seconds))) + "/s";
        progress.update(label, now, total, Figures.bytes(now) + " of " + Figures.bytes(total) + "  " + speed);
    }
}
