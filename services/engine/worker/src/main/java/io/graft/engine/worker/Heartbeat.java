package io.graft.engine.worker;

import io.graft.v1.JobProgress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Reports progress: when there is any, at most once a second, and otherwise as often as the service wants to hear. */
final class Heartbeat implements AutoCloseable {
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final AttemptReports reports;
    private final ProgressBoard board;
    private final long intervalNanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long lastSent = System.nanoTime();
    private JobProgress lastSeen = JobProgress.getDefaultInstance();

    private Heartbeat(AttemptReports reports, ProgressBoard board, Duration interval) {
        this.reports = reports;
        this.board = board;
        this.intervalNanos = interval.toNanos();
        this.thread = Thread.ofPlatform().name("heartbeat").daemon().unstarted(this::beatUntilClosed);
    }

    /** @param interval how often the service wants to hear from the worker */
    static Heartbeat start(AttemptReports reports, ProgressBoard board, Duration interval) {
        Heartbeat heartbeat = new Heartbeat(reports, board, interval.compareTo(LEAST) < 0 ? LEAST : interval);
        heartbeat.thread.start();
        return heartbeat;
    }

    private void beatUntilClosed() {
        try {
            while (!closed.await(LEAST.toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        JobProgress now = board.now();
        boolean moved = !now.getStage().equals(lastSeen.getStage()) || now.getStep() != lastSeen.getStep();
        if (moved || System.nanoTime() - lastSent >= intervalNanos) {
            lastSeen = now;
            lastSent = System.nanoTime();
            reports.progress(now);
        }
    }

    /** Cuts a report under way short, so that none follows. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
