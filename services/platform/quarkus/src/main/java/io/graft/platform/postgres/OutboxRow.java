package io.graft.platform.postgres;

import com.google.protobuf.ByteString;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventTypes;
import io.graft.platform.event.EventTypes.EventType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table {@code outbox}. Its payload is read late, so that one that is not readable harms no other. */
record OutboxRow(
        long position,
        String id,
        String type,
        String source,
        String subject,
        long sequence,
        Instant time,
        String traceparent,
        ByteString data) {

    static List<OutboxRow> pending(Handle handle, int limit) {
        return handle.createQuery("""
                        select * from outbox where published_at is null and failure is null
                        order by position limit :limit""").bind("limit", limit).map(OutboxRow::read).list();
    }

    static OutboxLag lag(Handle handle) {
        return handle.createQuery("""
                        select count(*) filter (where failure is null) as pending,
                            coalesce(extract(epoch from clock_timestamp() - min(time) filter (where failure is null)), 0) as age,
                            count(failure) as failed
                        from outbox where published_at is null""")
                .map((row, context) -> new OutboxLag(
                        row.getLong("pending"),
                        Duration.ofMillis((long) (row.getDouble("age") * 1000)),
                        row.getLong("failed")))
                .one();
    }

    Event event() {
        EventType found = EventTypes.find(type)
                .orElseThrow(() -> new IllegalStateException("Type " + type + " comes from another release"));
        return new Event(
                id,
                type,
                source,
                subject,
                sequence,
                time,
                traceparent,
                Stored.parse(found.parser(), data.toByteArray()));
    }

    void markPublished(Handle handle) {
        handle.execute("update outbox set published_at = clock_timestamp() where position = ?", position);
    }

    void markFailed(Handle handle, String failure) {
        handle.execute("update outbox set failure = ? where position = ?", failure, position);
    }

    private static OutboxRow read(ResultSet row, StatementContext context) throws SQLException {
        return new OutboxRow(
                row.getLong("position"),
                row.getString("id"),
                row.getString("type"),
                row.getString("source"),
                row.getString("subject"),
                row.getLong("sequence"),
                row.getTimestamp("time").toInstant(),
                row.getString("traceparent"),
                ByteString.copyFrom(row.getBytes("data")));
    }
}
