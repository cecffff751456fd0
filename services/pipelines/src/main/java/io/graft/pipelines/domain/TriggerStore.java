package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.platform.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What triggers go by: which pipelines listen, events that wait for others, times. Thread-safe. */
public interface TriggerStore {
    /**
     * Does work in one transaction unless the event was taken before.
     *
     * @return whether it was done
     */
    boolean once(String eventId, Runnable work);

    /** Does work in one transaction. */
    void atomically(Runnable work);

    /** The pipelines of a tenant that listen to a type of event and are not paused, or the one of that name. */
    List<Listener> listeners(String tenant, String eventType, @Nullable String pipeline);

    /** The pipeline when it exists. */
    Optional<Listener> find(String pipeline);

    /**
     * Keeps an event until the others of its trigger and key are there; when they are, all leave together, the oldest of each.
     *
     * @return the events by slot, when they are complete; empty otherwise, and when this one waits already
     */
    Map<String, Event> correlate(Waiting waiting, Event event);

    /** Schedules that are due, held by this transaction; call it within {@link #atomically}. */
    List<Due> due(Instant now, int limit);

    /** When a schedule is due next; null when never. */
    void reschedule(String pipeline, int trigger, @Nullable Instant next);

    /** The database's clock. */
    Instant now();

    /** @param document of the newest revision */
    record Listener(String pipeline, long revision, String document) {}

    /**
     * Where an event waits.
     *
     * @param slots every event that the trigger wants
     */
    record Waiting(String pipeline, int trigger, String key, String slot, List<String> slots, Duration within) {
        static Waiting of(String pipeline, int trigger, String key, String slot, PipelineDocument.OnAll all) {
            return new Waiting(
                    pipeline, trigger, key, slot, List.copyOf(all.events().keySet()), all.within());
        }

        public Waiting {
            slots = List.copyOf(slots);
        }
    }

    /** A schedule whose time has come. */
    record Due(Listener listener, int trigger, Instant time) {}
}
