package io.graft.platform.watch;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One client's view of a resource's history. It reads a page at a time and hands on as much as the client takes, so that a slow
 * client costs a page of memory; one that takes nothing for long is sent away with the sequence to come back with.
 */
final class EventWatch<E> {
    private static final int PAGE = 100;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final History<E> history;
    private final String resource;
    private final ServerCallStreamObserver<E> client;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean woken;
    private volatile boolean cancelled;
    private volatile boolean interrupted;
    private long sent;

    EventWatch(
            History<E> history,
            String resource,
            long fromSequence,
            ServerCallStreamObserver<E> client,
            Duration patience) {
        this.history = history;
        this.resource = resource;
        this.sent = fromSequence;
        this.client = client;
        this.patience = patience;
    }

    boolean isOf(String name) {
        return resource.equals(name);
    }

    /** Begins on a thread of its own. */
    void start(Runnable whenOver) {
        client.setOnReadyHandler(this::wake);
        client.setOnCancelHandler(() -> {
            cancelled = true;
            wake();
        });
        Thread.ofPlatform().name("watch-" + resource).daemon().start(() -> {
            try {
                run();
            } finally {
                whenOver.run();
            }
        });
    }

    /** Makes it look at once. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sends the client away. */
    void interrupt() {
        interrupted = true;
        wake();
    }

    private void run() {
        try {
            stream();
        } catch (RuntimeException e) {
            if (!cancelled) {
                client.onError(e);
            }
        }
    }

    private void stream() {
        boolean begun = false;
        while (!cancelled) {
            List<E> page = history.after(resource, sent, PAGE);
            for (E event : page) {
                if (!send(event)) {
                    return;
                }
            }
            if (page.isEmpty()) {
                if (!begun && history.isOver(resource, sent)) {
                    client.onCompleted();
                    return;
                }
                begun = true;
                awaitNews();
                requireGoingOn();
            }
        }
    }

    /** @return whether more may follow */
    private boolean send(E event) {
        if (!awaitClient()) {
            throw away("The client takes no events");
        }
        requireGoingOn();
        if (cancelled) {
            return false;
        }
        client.onNext(event);
        sent = history.sequence(event);
        if (history.isLast(event)) {
            client.onCompleted();
            return false;
        }
        return true;
    }

    private void requireGoingOn() {
        if (interrupted) {
            throw away("The service stops");
        }
    }

    private GraftException away(String why) {
        return new GraftException(
                ErrorCode.STREAM_INTERRUPTED,
                why + "; watch again with from_sequence " + sent,
                Map.of("resource", resource, "from_sequence", Long.toString(sent)));
    }

    /** Waits until there may be something new. */
    private void awaitNews() {
        long nanos = POLL.toNanos();
        lock.lock();
        try {
            while (isWanted() && !woken && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the client takes more; false when it has taken nothing for too long. */
    private boolean awaitClient() {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (isWanted() && !client.isReady() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return nanos > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanted() {
        return !cancelled && !interrupted;
    }
}
