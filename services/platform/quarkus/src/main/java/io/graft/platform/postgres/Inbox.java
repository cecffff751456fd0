package io.graft.platform.postgres;

import io.micrometer.core.instrument.Metrics;
import org.jdbi.v3.core.Handle;

/** Which events this service has taken, so that one that comes twice has one effect. */
public final class Inbox {
    private Inbox() {}

    /**
     * Notes that this transaction takes an event. A second transaction that takes it waits for the first.
     *
     * @return false when the event was taken before; the transaction must then do nothing more
     */
    public static boolean take(Handle handle, String eventId) {
        boolean first = handle.createUpdate("insert into inbox (event_id) values (:id) on conflict do nothing")
                        .bind("id", eventId)
                        .execute()
                == 1;
        if (!first) {
            Metrics.counter("graft.inbox.duplicates").increment();
        }
        return first;
    }
}
