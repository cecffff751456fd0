package io.graft.platform.postgres;

import io.graft.platform.job.JobRecord;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** One owner's hold on jobs, within one transaction. Rows that another transaction holds are passed over. */
final class Lease {
    private static final String EXTEND = """
            update job set lease_owner = :owner, lease_until = clock_timestamp() + make_interval(secs => :seconds)
            where name in (select name from job where not swept and %s for update skip locked)""";
    private static final String FREE = "(lease_until is null or lease_until < clock_timestamp())";

    private final Handle handle;
    private final String owner;
    private final Duration life;

    Lease(Handle handle, String owner, Duration life) {
        this.handle = handle;
        this.owner = owner;
        this.life = life;
    }

    /** Extends the own leases that are past half their life. */
    void renew() {
        extend("lease_owner = :owner and lease_until < clock_timestamp() + make_interval(secs => :seconds / 2)")
                .execute();
    }

    /** Takes free jobs that are past the queue. */
    void take(int limit) {
        extend(FREE
                        + " and state <> 'QUEUED' and (state not in ('FINALIZING', 'PAUSED') or lease_owner is not null)"
                        + " order by create_time limit :limit")
                .bind("limit", limit)
                .execute();
    }

    /** Takes free jobs from the head of the queue. */
    void takeQueued(int limit) {
        if (limit > 0) {
            extend(FREE
                            + " and state = 'QUEUED' and (not_before is null or not_before <= clock_timestamp())"
                            + " order by create_time, name limit :limit")
                    .bind("limit", limit)
                    .execute();
        }
    }

    List<JobRecord> held() {
        return handle.createQuery("""
                        select * from job
                        where lease_owner = :owner and lease_until > clock_timestamp() and not swept
                        order by create_time, name""").bind("owner", owner).map(JobRows::read).list();
    }

    private Update extend(String condition) {
        return handle.createUpdate(EXTEND.formatted(condition))
                .bind("owner", owner)
                .bind("seconds", life.toMillis() / 1000.0);
    }
}
