package io.graft.pipelines.store;

import io.graft.pipelines.domain.NextLook;
import io.graft.pipelines.domain.RunStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.postgres.Database;
import io.graft.platform.query.Page;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tables {@code run} and {@code run_event}, beside the outbox of the same service. */
public final class PostgresRuns implements RunStore {
    private final Database database;
    private final RunStart start;
    private final RunWrites writes;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param source path of the service in events, for example {@code /graft/pipelines}
     * @param begin what a run that need not wait becomes at once
     * @param cancel what a run becomes that a later one replaces
     */
    public PostgresRuns(Database database, String source, Change begin, Change cancel) {
        this.database = database;
        this.writes = new RunWrites(source);
        this.start = new RunStart(writes, begin, cancel);
    }

    /** Adds a listener, told the run's name on the changing thread after a change in this process; it must be quick. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public Started start(NewRun run) {
        Started started = database.inTransaction(handle -> start.start(handle, run));
        tell(started.run().getName());
        return started;
    }

    @Override
    public Optional<StoredRun> find(String name) {
        return database.inTransaction(handle -> RunRows.find(handle, name, false));
    }

    @Override
    public PipelineRun change(String name, Change change) {
        PipelineRun[] before = new PipelineRun[1];
        PipelineRun after = database.inTransaction(handle -> {
            StoredRun stored = RunRows.find(handle, name, true)
                    .orElseThrow(() -> new GraftException(
                            ErrorCode.NOT_FOUND, "There is no run " + name + "; list the runs", Map.of("run", name)));
            before[0] = stored.run();
            Instant now = Rows.now(handle);
            return writes.write(handle, stored, change.apply(stored, now), now);
        });
        if (!after.equals(before[0])) {
            tell(name);
        }
        return after;
    }

    @Override
    public Page<PipelineRun> list(RunQuery query) {
        return RunList.page(database, query);
    }

    @Override
    public List<PipelineRunEvent> history(String name, long afterSequence, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select event from run_event
                        where run = :run and sequence > :after order by sequence limit :limit""")
                .bind("run", name)
                .bind("after", afterSequence)
                .bind("limit", limit)
                .map((row, context) -> Rows.message(PipelineRunEvent.parser(), row.getBytes("event")))
                .list());
    }

    @Override
    public List<String> lease(String owner, Duration life, int limit) {
        return database.inTransaction(handle -> handle.createQuery("""
                        update run set lease_owner = :owner,
                            lease_until = clock_timestamp() + make_interval(secs => :seconds)
                        where name in (select name from run
                            where due <= clock_timestamp()
                                and (lease_until is null or lease_until < clock_timestamp())
                            order by due limit :limit for update skip locked)
                        returning name""")
                .bind("owner", owner)
                .bind("seconds", life.toMillis() / 1000.0)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
    }

    @Override
    public void release(String owner, String name, @Nullable Duration wait) {
        database.useTransaction(handle -> RunRows.find(handle, name, true).ifPresent(stored -> {
            Instant now = Rows.now(handle);
            Instant due = wait == null ? NextLook.of(stored.run(), now).orElse(null) : now.plus(wait);
            handle.createUpdate("""
                            update run set lease_owner = null, lease_until = null, due = :due
                            where name = :name and lease_owner = :owner""")
                    .bind("due", due)
                    .bind("name", name)
                    .bind("owner", owner)
                    .execute();
        }));
    }

    @Override
    public boolean isFirst(String name) {
        return database.read(handle ->
                handle.createQuery("""
                        select not exists (select 1 from run me join run other
                            on other.pipeline = me.pipeline and other.concurrency_key = me.concurrency_key
                                and other.state in ('QUEUED', 'RUNNING', 'WAITING')
                                and (other.create_time, other.name) < (me.create_time, me.name)
                            where me.name = :name)""").bind("name", name).mapTo(boolean.class).one());
    }

    @Override
    public Instant now() {
        return database.inTransaction(Rows::now);
    }

    private void tell(String name) {
        listeners.forEach(listener -> listener.accept(name));
    }
}
