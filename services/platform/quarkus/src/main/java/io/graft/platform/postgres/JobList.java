package io.graft.platform.postgres;

import io.graft.platform.job.JobPosition;
import io.graft.platform.job.JobQuery;
import io.graft.platform.job.JobRecord;
import io.graft.platform.query.Page;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pages of jobs, newest first. A page begins after the last job of the page before, so that new jobs shift nothing. */
final class JobList {
    private static final Map<String, SqlFilter.Column> COLUMNS = Map.of(
            "state", new SqlFilter.Choice("state", JobRows.STATE_PREFIX, states()),
            "kind", new SqlFilter.Text("kind"),
            "create_time", new SqlFilter.Time("create_time"),
            "labels", new SqlFilter.Labels("labels"));

    private JobList() {}

    static Page<Job> page(Database database, JobQuery query) {
        SqlFilter filter = SqlFilter.of(query.terms(), COLUMNS);
        String after = query.pageToken().isEmpty() ? "" : " and (create_time, name) < (:time, :name)";
        List<JobRecord> found = database.read(handle -> {
            var select = handle.createQuery("select * from job where tenant = :tenant" + filter.sql() + after
                            + " order by create_time desc, name desc limit :limit")
                    .bind("tenant", query.tenant())
                    .bindMap(filter.bindings())
                    .bind("limit", query.pageSize() + 1);
            if (!after.isEmpty()) {
                JobPosition position = JobPosition.of(query);
                select.bind("time", position.time()).bind("name", position.name());
            }
            return select.map(JobRows::read).list();
        });
        List<Job> jobs =
                found.stream().limit(query.pageSize()).map(JobRecord::job).toList();
        String next = found.size() > jobs.size() ? JobPosition.tokenAfter(query, jobs.getLast()) : "";
        return new Page<>(jobs, next);
    }

    private static java.util.Set<String> states() {
        return Arrays.stream(JobState.values())
                .filter(state -> state != JobState.UNRECOGNIZED)
                .map(JobRows::text)
                .collect(Collectors.toUnmodifiableSet());
    }
}
