package io.graft.platform.event;

import io.graft.platform.error.GraftException;
import java.util.List;

/** Sends events to the topic of their type. Thread-safe. */
public interface EventPublisher extends AutoCloseable {
    /**
     * Sends events in order and returns when all of them are stored by the broker's in-sync replicas.
     *
     * @throws GraftException {@code EVENTS_UNAVAILABLE}; some of them may be stored then, so send all again
     */
    void publish(List<Event> events);

    @Override
    void close();
}
