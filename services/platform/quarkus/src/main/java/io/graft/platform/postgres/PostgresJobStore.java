package io.graft.platform.postgres;

import com.google.protobuf.Message;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.job.JobQuery;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.job.JobTimes;
import io.graft.platform.job.Transition;
import io.graft.platform.query.Page;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import io.graft.v1.JobState;
import io.graft.v1.JobStateChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** Jobs in the tables of {@code db/platform}, beside the outbox and the inbox of the same service. */
public final class PostgresJobStore implements JobStore {
    private final Database database;
    private final String source;
    private final List<JobListener> listeners = new CopyOnWriteArrayList<>();

    /** @param source path of the service in events, for example {@code /graft/transfer} */
    public PostgresJobStore(Database database, String source) {
        this.database = database;
        this.source = source;
    }

    /** Adds a listener, told on the changing thread after each commit in this process; it must be quick and not throw. */
    public void onChange(JobListener listener) {
        listeners.add(listener);
    }

    @Override
    public Job create(JobRecord record, String payloadHash) {
        Written written = database.inTransaction(handle -> {
            Instant now = now(handle);
            JobEvent event = JobEvent.newBuilder().setMessage("Accepted").build();
            Job job = record.job().toBuilder()
                    .setCreateTime(JobTimes.timestamp(now))
                    .build();
            Stamped stamped = Stamped.of(job, event, now);
            if (!JobRows.insert(handle, record.with(stamped.job()), payloadHash, now)) {
                return new Written(JobRows.existing(handle, record.job(), payloadHash), null);
            }
            publish(handle, stamped, List.of(), record.traceparent());
            return new Written(record.with(stamped.job()), stamped.event());
        });
        tell(written);
        return written.record().job();
    }

    @Override
    public Optional<Job> findRequest(String tenant, String kind, String requestId, String payloadHash) {
        if (requestId.isEmpty()) {
            return Optional.empty();
        }
        return database.read(handle -> JobRows.findRequest(handle, tenant, kind, requestId, payloadHash))
                .map(JobRecord::job);
    }

    @Override
    public Optional<JobRecord> find(String name) {
        return database.read(handle -> JobRows.find(handle, name, false));
    }

    @Override
    public Page<Job> list(JobQuery query) {
        return JobList.page(database, query);
    }

    @Override
    public List<JobEvent> history(String name, long afterSequence, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select event from job_event
                        where job = :job and sequence > :after order by sequence limit :limit""")
                .bind("job", name)
                .bind("after", afterSequence)
                .bind("limit", limit)
                .map((row, context) -> Stored.parse(JobEvent.parser(), row.getBytes("event")))
                .list());
    }

    @Override
    public JobRecord change(String name, Step step) {
        Written written = database.inTransaction(handle -> JobRows.find(handle, name, true)
                .map(record -> apply(handle, record, step))
                .orElseThrow(() -> new GraftException(
                        ErrorCode.NOT_FOUND,
                        "There is no job " + name + "; list the jobs of its tenant",
                        Map.of("job", name))));
        tell(written);
        return written.record();
    }

    @Override
    public void take(Event event, String name, Step step) {
        Optional<Written> written = database.inTransaction(handle -> Inbox.take(handle, event.id())
                ? JobRows.find(handle, name, true).map(record -> apply(handle, record, step))
                : Optional.empty());
        written.ifPresent(this::tell);
    }

    @Override
    public List<JobRecord> lease(String owner, Duration life, int limit, int queued) {
        return database.inTransaction(handle -> {
            Lease lease = new Lease(handle, owner, life);
            lease.renew();
            lease.take(limit);
            lease.takeQueued(queued);
            return lease.held();
        });
    }

    @Override
    public void release(String owner, String name) {
        database.useTransaction(handle -> handle.execute(
                "update job set lease_owner = null, lease_until = null where name = ? and lease_owner = ?",
                name,
                owner));
    }

    @Override
    public void swept(String name) {
        database.useTransaction(handle -> handle.execute(
                "update job set swept = true, lease_owner = null, lease_until = null where name = ?", name));
    }

    @Override
    public long nextFencingToken() {
        return database.inTransaction(handle -> handle.createQuery("select nextval('fencing_token')")
                .mapTo(long.class)
                .one());
    }

    @Override
    public Instant now() {
        return database.read(PostgresJobStore::now);
    }

    /** How many jobs are in each state that any is in. */
    public Map<JobState, Long> countByState() {
        return database.read(JobRows::countByState);
    }

    private Written apply(Handle handle, JobRecord record, Step step) {
        Instant now = now(handle);
        Optional<Transition> taken = step.apply(record, now);
        if (taken.isEmpty()) {
            return new Written(record, null);
        }
        Transition transition = taken.get();
        Stamped stamped = Stamped.of(transition.next().job(), transition.event(), now);
        JobRecord next = transition.next().with(stamped.job());
        JobRows.update(handle, next);
        publish(handle, stamped, transition.announcements(), next.traceparent());
        return new Written(next, stamped.event());
    }

    private void publish(Handle handle, Stamped stamped, List<Message> announcements, String traceparent) {
        handle.execute(
                "insert into job_event (job, sequence, event) values (?, ?, ?)",
                stamped.job().getName(),
                stamped.event().getSequence(),
                stamped.event().toByteArray());
        List<Message> payloads = new ArrayList<>();
        payloads.add(JobStateChanged.newBuilder()
                .setJob(stamped.job())
                .setEvent(stamped.event())
                .build());
        payloads.addAll(announcements);
        payloads.forEach(payload -> Outbox.add(handle, source, stamped.job().getName(), payload, traceparent));
    }

    private void tell(Written written) {
        JobEvent event = written.event();
        if (event != null) {
            listeners.forEach(listener -> listener.changed(written.record().job(), event));
        }
    }

    private static Instant now(Handle handle) {
        return handle.createQuery("select clock_timestamp()")
                .mapTo(Instant.class)
                .one();
    }
}
