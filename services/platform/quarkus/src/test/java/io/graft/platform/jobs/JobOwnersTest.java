package io.graft.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.job.JobPosition;
import io.graft.platform.job.JobQuery;
import io.graft.platform.job.JobStore;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.Jobs;
import io.graft.platform.postgres.Postgres;
import io.graft.platform.postgres.PostgresJobStore;
import io.graft.platform.query.Page;
import io.graft.v1.Job;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two services of one process look like one owner of jobs. */
class JobOwnersTest {
    private final List<JobRuntime> runtimes = new ArrayList<>();
    private final JobOwners owners = new JobOwners();
    private final JobStore first = add("/graft/first");
    private final JobStore second = add("/graft/second");

    @AfterEach
    void stop() {
        runtimes.forEach(JobRuntime::close);
    }

    @Test
    void findsTheOwnerOfAJob() {
        String job = second.create(Jobs.queued(), "hash").getName();

        assertThat(owners.of(job))
                .hasValueSatisfying(owner -> assertThat(owner.store()).isSameAs(second));
        assertThat(owners.of("tenants/default/jobs/none")).isEmpty();
    }

    @Test
    void pagesThroughTheJobsOfAllNewestFirstAndWithoutGaps() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            jobs.add((i % 3 == 0 ? first : second).create(Jobs.queued(), "hash"));
        }

        List<Job> seen = new ArrayList<>();
        String token = "";
        do {
            Page<Job> page = owners.list(new JobQuery("default", List.of(), 2, token));
            assertThat(page.items()).hasSizeBetween(1, 2);
            seen.addAll(page.items());
            token = page.nextPageToken();
        } while (!token.isEmpty());

        assertThat(seen)
                .containsExactlyElementsOf(
                        jobs.stream().sorted(JobPosition.NEWEST_FIRST).toList());
    }

    private JobStore add(String source) {
        JobRuntime runtime = new JobRuntime(
                new PostgresJobStore(new Database(Postgres.freshSchema()), source),
                new MemoryArtifacts(),
                new ScriptedLauncher(),
                RetryPolicy.DEFAULT,
                ReconcilerSettings.DEFAULT,
                () -> true);
        runtimes.add(runtime);
        owners.add(runtime);
        return runtime.store();
    }
}
