package io.graft.platform.jobs;

import io.graft.platform.job.JobPosition;
import io.graft.platform.job.JobQuery;
import io.graft.platform.query.Page;
import io.graft.v1.Job;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The services of this process that own jobs; together they look like one. Thread-safe. */
@Singleton
public final class JobOwners {
    private final List<JobRuntime> owners = new CopyOnWriteArrayList<>();

    /** Adds a service's jobs. */
    public void add(JobRuntime owner) {
        owners.add(owner);
    }

    /** The owner of a job; empty when no service of this process has one of that name. */
    Optional<JobRuntime> of(String name) {
        return owners.stream()
                .filter(owner -> owner.store().find(name).isPresent())
                .findFirst();
    }

    /** A page of the jobs of all, newest first. */
    Page<Job> list(JobQuery query) {
        List<Page<Job>> pages =
                owners.stream().map(owner -> owner.store().list(query)).toList();
        List<Job> found = pages.stream()
                .flatMap(page -> page.items().stream())
                .sorted(JobPosition.NEWEST_FIRST)
                .toList();
        List<Job> jobs = found.stream().limit(query.pageSize()).toList();
        boolean more = found.size() > jobs.size()
                || pages.stream().anyMatch(page -> !page.nextPageToken().isEmpty());
        return new Page<>(jobs, more ? JobPosition.tokenAfter(query, jobs.getLast()) : "");
    }
}
