package io.graft.platform.watch;

import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches that are open. Thread-safe. */
public final class EventWatches<E> implements AutoCloseable {
    /** How long a client that takes nothing keeps its watch. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private final History<E> history;
    private final Duration patience;
    private final Set<EventWatch<E>> open = ConcurrentHashMap.newKeySet();

    /** @param patience how long a client that takes nothing keeps its watch */
    public EventWatches(History<E> history, Duration patience) {
        this.history = history;
        this.patience = patience;
    }

    /** Begins to stream a resource's events after {@code sequence}; returns at once. */
    public void open(String resource, long sequence, ServerCallStreamObserver<E> client) {
        EventWatch<E> watch = new EventWatch<>(history, resource, sequence, client, patience);
        open.add(watch);
        watch.start(() -> open.remove(watch));
    }

    /** Says that a resource has a new event. */
    public void changed(String resource) {
        open.stream().filter(watch -> watch.isOf(resource)).forEach(EventWatch::wake);
    }

    /** Ends every watch so that its client comes back to another replica. */
    @Override
    public void close() {
        open.forEach(EventWatch::interrupt);
    }
}
