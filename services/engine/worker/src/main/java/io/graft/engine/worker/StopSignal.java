package io.graft.engine.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The request to leave, and the point from which it comes too late: between the two nothing of a half-made output stays, and
 * nothing of a committed one goes. Thread-safe.
 */
public final class StopSignal {
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread working;
    private boolean requested;
    private boolean tooLate;

    /** Names the thread that works; it is interrupted when the request comes in time. */
    synchronized void work(Thread thread) {
        working = thread;
    }

    /** From here on the working thread asks by itself and is not interrupted, so that it can end a step and keep its state. */
    public synchronized void poll() {
        working = null;
    }

    /** Asks to leave. */
    synchronized void request() {
        requested = true;
        if (working != null && !tooLate) {
            working.interrupt();
        }
    }

    /** Whether the work has to be dropped. */
    public synchronized boolean isRequested() {
        return requested && !tooLate;
    }

    /** Whether the manifest may be there. */
    synchronized boolean isTooLate() {
        return tooLate;
    }

    /** @throws StoppedException when the work has to be dropped */
    public void check() {
        if (isRequested()) {
            throw new StoppedException();
        }
    }

    /**
     * From here on the work is finished whatever comes.
     *
     * @throws StoppedException when a request came before
     */
    synchronized void pointOfNoReturn() {
        check();
        tooLate = true;
    }

    /** The work, and the cleaning up after it, has ended. */
    synchronized void end() {
        working = null;
        ended.countDown();
    }

    /** Waits for the end; false when it did not come in time. */
    boolean awaitEnd(long seconds) throws InterruptedException {
        return ended.await(seconds, TimeUnit.SECONDS);
    }
}
