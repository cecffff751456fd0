package io.graft.cli.invocation;

import io.graft.cli.terminal.Progress;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Follows a stream of events to the end of what it tells of, over lost connections.
 *
 * @param open the events after a sequence
 * @param sequence of an event
 * @param show an event to the person who waits
 * @param get what the events tell of, as it stands
 * @param ended whether it stands so for good
 */
public record Following<E, R>(
        LongFunction<Iterator<E>> open,
        ToLongFunction<E> sequence,
        BiConsumer<E, Progress> show,
        Supplier<R> get,
        Predicate<R> ended) {
    /** Connections lost in a row, without an event between, before it gives up. */
    private static final int MAX_LOST = 8;

    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    /**
     * Follows it and returns it as it ended.
     *
     * @throws StatusRuntimeException when the service stays away
     */
    public R toTheEnd(long fromSequence, Progress progress) {
        long seen = fromSequence;
        int lost = 0;
        while (true) {
            try {
                long last = follow(seen, progress);
                R now = get.get();
                if (ended.test(now)) {
                    return now;
                }
                lost = last > seen ? 0 : lost + 1;
                seen = last;
            } catch (Disconnected disconnected) {
                lost = disconnected.seen > seen ? 1 : lost + 1;
                seen = disconnected.seen;
                if (lost > MAX_LOST) {
                    throw disconnected.call;
                }
                progress.note("The connection is lost; trying again from event " + seen);
            }
            LockSupport.parkNanos(pause(lost).toNanos());
        }
    }

    private long follow(long after, Progress progress) {
        long seen = after;
        try {
            Iterator<E> events = open.apply(after);
            while (events.hasNext()) {
                E event = events.next();
                show.accept(event, progress);
                seen = sequence.applyAsLong(event);
            }
            return seen;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                throw new Disconnected(seen, e);
            }
            throw e;
        }
    }

    private static Duration pause(int lost) {
        Duration pause = Duration.ofMillis(200L << Math.min(lost, 10));
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }

    /** The stream broke after event {@code seen}. */
    private static final class Disconnected extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long seen;
        private final transient StatusRuntimeException call;

        Disconnected(long seen, StatusRuntimeException call) {
            super(call);
            this.seen = seen;
            this.call = call;
        }
    }
}
