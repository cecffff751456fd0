package io.graft.platform.jobs;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.event.EventHandler;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobStore;
import io.graft.platform.job.RetryPolicy;
import io.graft.platform.launch.Launcher;
import io.graft.platform.postgres.PostgresJobStore;
import io.graft.platform.watch.EventWatches;
import io.graft.v1.JobEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Everything that one service needs to own jobs, put together. Thread-safe. */
public final class JobRuntime implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JobRuntime.class);

    private final PostgresJobStore store;
    private final JobMachine machine;
    private final EventWatches<JobEvent> watches;
    private final Reconciler reconciler;
    private final JobMetrics metrics;

    /**
     * @param reportsFlow whether the reports of workers are being read, up to the last one; while they are not, silence of a
     *     worker means nothing
     */
    public JobRuntime(
            PostgresJobStore store,
            ArtifactStore artifacts,
            Launcher launcher,
            RetryPolicy retries,
            ReconcilerSettings settings,
            BooleanSupplier reportsFlow) {
        this.store = store;
        this.machine = new JobMachine(retries);
        this.watches = new EventWatches<>(new JobHistory(store), EventWatches.PATIENCE);
        String owner = host() + "/" + UUID.randomUUID();
        EventFlow flow = new EventFlow(reportsFlow);
        JobCare care = new JobCare(store, artifacts, launcher, machine, flow, settings, owner);
        this.reconciler = new Reconciler(store, care, flow, settings, owner);
        this.metrics = new JobMetrics(store);
        store.onChange((job, event) -> {
            watches.changed(job.getName());
            if (!event.hasProgress()) {
                reconciler.wake();
            }
        });
        LOG.debugf("Jobs are held as %s", owner);
    }

    /** Where the jobs are. */
    public JobStore store() {
        return store;
    }

    /** The rules that jobs of this service live by. */
    public JobMachine machine() {
        return machine;
    }

    /** Takes the events of {@link #topics}. */
    public EventHandler events() {
        return new JobEvents(store, machine);
    }

    /** Topics with news about jobs. */
    public Set<String> topics() {
        return JobEvents.TOPICS;
    }

    /** Begins to drive jobs. */
    public void start() {
        reconciler.start();
    }

    /** Whether jobs are driven. */
    public boolean isAlive() {
        return reconciler.isAlive();
    }

    /** Publishes {@code graft.jobs}, the number of jobs by state, and counts {@code graft.job.transitions}. */
    public void bindTo(MeterRegistry registry, String service) {
        metrics.bindTo(registry, service);
        store.onChange((job, event) -> metrics.count(registry, service, job, event));
    }

    /** Stops driving jobs and ends watches; workers go on. */
    @Override
    public void close() {
        watches.close();
        reconciler.close();
    }

    EventWatches<JobEvent> watches() {
        return watches;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("This machine has no name", e);
            return "unnamed";
        }
    }
}
