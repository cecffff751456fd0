package io.graft.platform.job;

import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.query.Page;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a service keeps its jobs. Every change stores the job, its event and what is to be published in one transaction,
 * so that none is ever without the others. Thread-safe. Methods throw {@link GraftException} {@code DATABASE_UNAVAILABLE}
 * once their bounded retries are used up.
 */
public interface JobStore {

    /**
     * Stores a new job with its first event. Tenant, kind and request id together name one job.
     *
     * @param record the job in its first state, with its name; sequence and times are the store's to fill in
     * @param payloadHash hash of the request without its id
     * @return the stored job, or the earlier one that the same request id and hash created
     * @throws GraftException {@code REQUEST_ID_REUSED} when the id came with another payload
     */
    Job create(JobRecord record, String payloadHash);

    /**
     * The job of that kind that an earlier call of that request id created; empty when there was none. Asked before
     * validation, so that a repeated call gets the first answer whatever has changed since.
     *
     * @throws GraftException {@code REQUEST_ID_REUSED} when the id came with another payload
     */
    Optional<Job> findRequest(String tenant, String kind, String requestId, String payloadHash);

    /** A job; empty when there is none of that name. */
    Optional<JobRecord> find(String name);

    /** A page of jobs, newest first. */
    Page<Job> list(JobQuery query);

    /** Events after a sequence, in order, {@code limit} at most. */
    List<JobEvent> history(String name, long afterSequence, int limit);

    /**
     * Changes a job under a lock.
     *
     * @return the job afterwards
     * @throws GraftException {@code NOT_FOUND}, or whatever the step throws, with nothing changed
     */
    JobRecord change(String name, Step step);

    /**
     * Changes a job because of an event, once: when the event's id was taken before, nothing happens. An event about a job
     * that this store doesn't have is marked as taken too.
     */
    void take(Event event, String name, Step step);

    /**
     * Takes jobs that need care and that nobody else holds, for {@code life} by the database's clock, and renews the owner's
     * own. A holder that dies loses them when the time is over. Jobs need care until they are terminal and swept; one that is
     * FINALIZING or PAUSED only while its worker may be left over from an earlier lease.
     *
     * @param owner the holder; the same owner keeps its own
     * @param limit jobs to take newly, queued ones not counted
     * @param queued queued jobs to take newly, the oldest first, of those whose time has come
     * @return all jobs that the owner holds now, the oldest first
     */
    List<JobRecord> lease(String owner, Duration life, int limit, int queued);

    /** Gives a lease back before its time. */
    void release(String owner, String name);

    /** Notes that nothing is left to collect of a terminal job; it is not leased again. */
    void swept(String name);

    /** The next fencing token: higher than all before. */
    long nextFencingToken();

    /** The time by the database's clock, which every decision about time goes by. */
    Instant now();

    /** A step of a job's life. */
    @FunctionalInterface
    interface Step {
        /** The step to take at {@code now} by the database's clock; empty to leave the job as it is. */
        Optional<Transition> apply(JobRecord record, Instant now);
    }
}
