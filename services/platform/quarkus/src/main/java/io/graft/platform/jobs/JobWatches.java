package io.graft.platform.jobs;

import io.graft.platform.job.JobStore;
import io.graft.v1.JobEvent;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The watches that are open. Thread-safe. */
final class JobWatches implements AutoCloseable {
    /** How long a client that takes nothing keeps its watch. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final JobStore store;
    private final Duration patience;
    private final Set<JobWatch> open = ConcurrentHashMap.newKeySet();

    JobWatches(JobStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /** Begins to stream a job's events after {@code sequence}; returns at once. */
    void open(String job, long sequence, ServerCallStreamObserver<JobEvent> client) {
        JobWatch watch = new JobWatch(store, job, sequence, client, patience);
        open.add(watch);
        watch.start(() -> open.remove(watch));
    }

    /** Says that a job has a new event. */
    void changed(String job) {
        open.stream().filter(watch -> watch.isOf(job)).forEach(JobWatch::wake);
    }

    int size() {
        return open.size();
    }

    /** Ends every watch so that its client comes back to another replica. */
    @Override
    public void close() {
        open.forEach(JobWatch::interrupt);
    }
}
