package io.graft.pipelines.domain;

import io.graft.platform.error.Violations;
import io.graft.platform.event.Event;
import io.graft.v1.ReplayEventsResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives past events to the triggers again. Thread-safe. */
public final class Replay {
    /** Events that one call reads. */
    public static final int MAX_EVENTS = 20_000;

    private final TriggerStore store;
    private final Triggers triggers;
    private final PastEvents past;

    public Replay(TriggerStore store, Triggers triggers, PastEvents past) {
        this.store = store;
        this.triggers = triggers;
        this.past = past;
    }

    /** Where past events come from. */
    @FunctionalInterface
    public interface PastEvents {
        /** A tenant's events of a time, at most a number of them, on the topics of {@link PipelineEvents}. */
        List<Event> read(String tenant, Instant from, Instant to, int limit);
    }

    /**
     * Replays.
     *
     * @param pipeline the one pipeline to give them to; null for all
     * @throws io.graft.platform.error.GraftException {@code INVALID_REQUEST} when the time is wrong or holds too many events
     */
    public ReplayEventsResponse run(
            String tenant, Instant from, Instant to, @Nullable String pipeline, boolean validateOnly) {
        Violations violations = new Violations();
        violations.require(from.isBefore(to), "to_time", "is not after from_time");
        violations.throwIfAny();
        List<Event> events = past.read(tenant, from, to, MAX_EVENTS + 1);
        violations.require(
                events.size() <= MAX_EVENTS,
                "to_time",
                "there are more than " + MAX_EVENTS + " events till then; choose a shorter time");
        violations.throwIfAny();
        long matched = 0;
        long started = 0;
        for (Event event : events) {
            Triggers.Effect effect = validateOnly ? triggers.count(event, pipeline) : offer(event, pipeline);
            matched += effect.matched();
            started += effect.started();
        }
        return ReplayEventsResponse.newBuilder()
                .setRead(events.size())
                .setMatched(matched)
                .setStarted(started)
                .build();
    }

    private Triggers.Effect offer(Event event, @Nullable String pipeline) {
        Triggers.Effect[] effect = new Triggers.Effect[1];
        store.atomically(() -> effect[0] = triggers.offer(event, pipeline));
        return effect[0];
    }
}
