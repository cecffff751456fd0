package io.graft.platform.loop;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pass again and again on a thread of its own, at an interval or when woken. A pass that throws is logged and run
 * again later, with a wait that doubles up to {@link #LONGEST_WAIT}; the loop itself ends only when it is closed. Thread-safe.
 */
public final class Loop implements AutoCloseable {
    /** Longest wait after failures; a wake-up does not shorten it. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
    private static final Duration STALLED_AFTER = Duration.ofMinutes(5);
    private static final Logger LOG = Logger.getLogger(Loop.class);

    private final String name;
    private final Duration interval;
    private final Pass pass;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private boolean closed;
    private int failures;
    private volatile long lastPass = System.nanoTime();
    private @Nullable Thread thread;

    /**
     * @param name for logs and thread dumps
     * @param interval wait between passes that found nothing more to do
     */
    public Loop(String name, Duration interval, Pass pass) {
        this.name = name;
        this.interval = interval;
        this.pass = pass;
    }

    /** Begins; a second call does nothing. */
    public void start() {
        lock.lock();
        try {
            if (thread == null && !closed) {
                thread = Thread.ofPlatform().name(name).daemon().start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next pass begin at once, or right after the present one. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it runs and its passes come to an end. */
    public boolean isAlive() {
        Thread running = current();
        return running != null && running.isAlive() && System.nanoTime() - lastPass < STALLED_AFTER.toNanos();
    }

    /** Ends it and waits until the present pass is over; after 5 s the pass is interrupted. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Thread running = current();
        if (running == null) {
            return;
        }
        try {
            if (!running.join(CLOSE_GRACE)) {
                running.interrupt();
                running.join();
            }
        } catch (InterruptedException e) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed()) {
            boolean more = runPass();
            lastPass = System.nanoTime();
            if (!more) {
                await();
            }
        }
    }

    private boolean runPass() {
        try {
            boolean more = pass.run();
            if (failures > 0) {
                LOG.infof("%s works again after %d failures", name, failures);
            }
            failures = 0;
            return more;
        } catch (RuntimeException e) {
            failures++;
            report(e);
            return false;
        }
    }

    private void report(RuntimeException e) {
        boolean outside =
                e instanceof GraftException graft && graft.code().category() == ErrorCode.Category.UNAVAILABLE;
        if (!outside) {
            LOG.errorf(e, "%s failed and is tried again", name);
        } else if (failures == 1) {
            LOG.warnf("%s waits: %s", name, e.getMessage());
        }
    }

    private void await() {
        boolean failing = failures > 0;
        long factor = 1L << Math.min(failures, 16);
        long nanos = failing ? Math.min(interval.toNanos() * factor, LONGEST_WAIT.toNanos()) : interval.toNanos();
        lock.lock();
        try {
            while (!closed && nanos > 0 && (failing || !woken)) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Thread current() {
        lock.lock();
        try {
            return thread;
        } finally {
            lock.unlock();
        }
    }

    /** One round of the work. */
    @FunctionalInterface
    public interface Pass {
        /** @return whether there is more to do at once */
        boolean run();
    }
}
