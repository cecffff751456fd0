package io.graft.pipelines.store;

import com.google.protobuf.Message;
import io.graft.pipelines.domain.TriggerStore;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventTypes;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.Inbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Which pipelines listen, events that wait for others, and schedules. */
public final class PostgresTriggers implements TriggerStore {
    private static final String LISTENERS = """
            select p.name, p.revision, r.document from pipeline p
            join pipeline_revision r on r.pipeline = p.name and r.revision = p.revision""";

    private final Database database;

    public PostgresTriggers(Database database) {
        this.database = database;
    }

    @Override
    public boolean once(String eventId, Runnable work) {
        return database.inTransaction(handle -> {
            boolean first = Inbox.take(handle, eventId);
            if (first) {
                work.run();
            }
            return first;
        });
    }

    @Override
    public void atomically(Runnable work) {
        database.useTransaction(handle -> work.run());
    }

    @Override
    public List<Listener> listeners(String tenant, String eventType, @Nullable String pipeline) {
        return database.inTransaction(handle -> {
            var query = handle.createQuery(LISTENERS
                            + " where p.tenant = :tenant and not p.paused and :type = any(p.event_types)"
                            + (pipeline == null ? "" : " and p.name = :name") + " order by p.name")
                    .bind("tenant", tenant)
                    .bind("type", eventType);
            if (pipeline != null) {
                query.bind("name", pipeline);
            }
            return query.map(PostgresTriggers::listener).list();
        });
    }

    @Override
    public Optional<Listener> find(String pipeline) {
        return database.read(handle -> handle.createQuery(LISTENERS + " where p.name = :name")
                .bind("name", pipeline)
                .map(PostgresTriggers::listener)
                .findOne());
    }

    @Override
    public Map<String, Event> correlate(Waiting waiting, Event event) {
        return database.inTransaction(handle -> {
            handle.execute(
                    "select pg_advisory_xact_lock(hashtext(?), hashtext(?))",
                    waiting.pipeline() + "/" + waiting.trigger(),
                    waiting.key());
            if (!keep(handle, waiting, event)) {
                return Map.of();
            }
            Map<String, Row> complete = new LinkedHashMap<>();
            for (String slot : waiting.slots()) {
                Optional<Row> oldest = oldest(handle, waiting, slot, event.time());
                if (oldest.isEmpty()) {
                    return Map.of();
                }
                complete.put(slot, oldest.get());
            }
            Map<String, Event> events = new LinkedHashMap<>();
            complete.forEach((slot, row) -> {
                handle.execute("delete from correlated_event where position = ?", row.position());
                events.put(slot, row.event());
            });
            return events;
        });
    }

    @Override
    public List<Due> due(Instant now, int limit) {
        return database.inTransaction(handle -> handle.createQuery("""
                        select p.name, p.revision, r.document, s.trigger, s.due from schedule s
                        join pipeline p on p.name = s.pipeline
                        join pipeline_revision r on r.pipeline = p.name and r.revision = p.revision
                        where s.due <= :now and not p.paused order by s.due limit :limit
                        for update of s skip locked""")
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new Due(
                        listener(row, context),
                        row.getInt("trigger"),
                        row.getTimestamp("due").toInstant()))
                .list());
    }

    @Override
    public void reschedule(String pipeline, int trigger, @Nullable Instant next) {
        database.useTransaction(handle -> {
            if (next == null) {
                handle.execute("delete from schedule where pipeline = ? and trigger = ?", pipeline, trigger);
            } else {
                handle.createUpdate("update schedule set due = :due where pipeline = :pipeline and trigger = :trigger")
                        .bind("due", next)
                        .bind("pipeline", pipeline)
                        .bind("trigger", trigger)
                        .execute();
            }
        });
    }

    @Override
    public Instant now() {
        return database.inTransaction(Rows::now);
    }

    private static boolean keep(Handle handle, Waiting waiting, Event event) {
        return handle.createUpdate("""
                        insert into correlated_event (pipeline, trigger, key, slot, event_id, type, source, subject,
                            sequence, time, traceparent, data)
                        values (:pipeline, :trigger, :key, :slot, :id, :type, :source, :subject, :sequence, :time,
                            :traceparent, :data)
                        on conflict do nothing""")
                        .bind("pipeline", waiting.pipeline())
                        .bind("trigger", waiting.trigger())
                        .bind("key", waiting.key())
                        .bind("slot", waiting.slot())
                        .bind("id", event.id())
                        .bind("type", event.type())
                        .bind("source", event.source())
                        .bind("subject", event.subject())
                        .bind("sequence", event.sequence())
                        .bind("time", event.time())
                        .bind("traceparent", event.traceparent())
                        .bind("data", event.data().toByteArray())
                        .execute()
                == 1;
    }

    /** The oldest event of a slot that is no further away from the newest one than the trigger allows. */
    private static Optional<Row> oldest(Handle handle, Waiting waiting, String slot, Instant newest) {
        return handle.createQuery("""
                        select * from correlated_event
                        where pipeline = :pipeline and trigger = :trigger and key = :key and slot = :slot
                            and time between cast(:newest as timestamptz) - make_interval(secs => :within)
                                and cast(:newest as timestamptz) + make_interval(secs => :within)
                        order by time, position limit 1""")
                .bind("pipeline", waiting.pipeline())
                .bind("trigger", waiting.trigger())
                .bind("key", waiting.key())
                .bind("slot", slot)
                .bind("newest", newest)
                .bind("within", waiting.within().toMillis() / 1000.0)
                .map(PostgresTriggers::row)
                .findOne();
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        byte[] bytes = row.getBytes("data");
        Message data = Rows.message(
                EventTypes.find(row.getString("type")).orElseThrow().parser(), bytes);
        return new Row(
                row.getLong("position"),
                new Event(
                        row.getString("event_id"),
                        row.getString("type"),
                        row.getString("source"),
                        row.getString("subject"),
                        row.getLong("sequence"),
                        row.getTimestamp("time").toInstant(),
                        row.getString("traceparent"),
                        data));
    }

    private static Listener listener(ResultSet row, StatementContext context) throws SQLException {
        return new Listener(row.getString("name"), row.getLong("revision"), row.getString("document"));
    }

    /** A waiting event. */
    private record Row(long position, Event event) {}
}
