package io.graft.platform.postgres;

import com.google.protobuf.Message;
import io.graft.platform.event.EventTypes;
import org.jdbi.v3.core.Handle;

/** Events that leave with the transaction that made them: {@link OutboxRelay} publishes them once it is committed. */
public final class Outbox {
    private Outbox() {}

    /**
     * Adds an event. Its id, its time by the database's clock and its position among the subject's events of this source are
     * assigned here; transactions that add events of one subject wait for each other.
     *
     * @param source path of the service, for example {@code /graft/transfer}
     * @param subject resource name that it is about
     * @param data payload; its message must be one of {@link EventTypes}
     */
    public static void add(Handle handle, String source, String subject, Message data, String traceparent) {
        long sequence = handle.createQuery("""
                        insert into outbox_sequence (source, subject, last) values (:source, :subject, 1)
                        on conflict (source, subject) do update set last = outbox_sequence.last + 1
                        returning last""")
                .bind("source", source)
                .bind("subject", subject)
                .mapTo(long.class)
                .one();
        handle.createUpdate("""
                        insert into outbox (type, source, subject, sequence, traceparent, data)
                        values (:type, :source, :subject, :sequence, :traceparent, :data)""")
                .bind("type", EventTypes.of(data).name())
                .bind("source", source)
                .bind("subject", subject)
                .bind("sequence", sequence)
                .bind("traceparent", traceparent)
                .bind("data", data.toByteArray())
                .execute();
    }
}
