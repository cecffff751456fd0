package io.graft.platform.jobs;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.loop.Loop;
import io.graft.v1.JobState;
import io.micrometer.core.instrument.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Drives jobs: holds those that need care, and gives each its care on a thread of its own, so that one that is slow or
 * broken delays no other. Replicas share the jobs by leases; a crash at any moment leaves a job to whoever takes its lease.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final int LEASE_LIMIT = 100;

    private final JobStore store;
    private final JobCare care;
    private final EventFlow flow;
    private final ReconcilerSettings settings;
    private final String owner;
    private final Loop loop;
    private final ExecutorService executor = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("job-care-", 0).daemon().factory());
    private final Set<String> inCare = ConcurrentHashMap.newKeySet();
    private final Map<String, Setback> setbacks = new ConcurrentHashMap<>();
    private List<JobRecord> held = List.of();

    /** @param owner name of this replica, unlike any other's, and another one after each start */
    Reconciler(JobStore store, JobCare care, EventFlow flow, ReconcilerSettings settings, String owner) {
        this.store = store;
        this.care = care;
        this.flow = flow;
        this.settings = settings;
        this.owner = owner;
        this.loop = new Loop("reconciler", settings.interval(), this::pass);
    }

    /** Begins to care for jobs in the background. */
    public void start() {
        loop.start();
    }

    /** Says that a job changed, so that it need not wait for the next look. */
    public void wake() {
        loop.wake();
    }

    /** Whether it is at work. */
    public boolean isAlive() {
        return loop.isAlive();
    }

    /** Ends the care and gives the jobs back; workers go on and are found again by the next holder on this machine. */
    @Override
    public void close() {
        loop.close();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(settings.stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        for (JobRecord record : held) {
            store.release(owner, name(record));
        }
    }

    private boolean pass() {
        flow.look();
        int atWork = (int) held.stream().filter(Reconciler::isQueuedOrAtWork).count();
        held = store.lease(owner, settings.leaseLife(), LEASE_LIMIT, Math.max(0, settings.maxRunning() - atWork));
        setbacks.keySet().retainAll(held.stream().map(Reconciler::name).collect(Collectors.toSet()));
        Set<String> launchable = launchable();
        for (JobRecord record : held) {
            String name = name(record);
            if (!isSetBack(name) && inCare.add(name)) {
                executor.execute(() -> attend(name, launchable.contains(name)));
            }
        }
        return false;
    }

    /** The queued jobs whose time has come and for which there is a place, the oldest first. */
    private Set<String> launchable() {
        Instant now = store.now();
        long places = settings.maxRunning()
                - held.stream().filter(Reconciler::isAtWork).count();
        return held.stream()
                .filter(record -> record.job().getState() == JobState.JOB_STATE_QUEUED)
                .filter(record -> record.notBefore() == null || !now.isBefore(record.notBefore()))
                .limit(Math.max(0, places))
                .map(Reconciler::name)
                .collect(Collectors.toSet());
    }

    private void attend(String name, boolean mayLaunch) {
        MDC.put("job", name);
        try {
            care.attend(name, mayLaunch);
            setbacks.remove(name);
        } catch (RuntimeException e) {
            Metrics.counter("graft.reconciler.failures").increment();
            Setback setback = setbacks.merge(name, Setback.first(), (earlier, ignored) -> earlier.next());
            boolean outside =
                    e instanceof GraftException graft && graft.code().category() == ErrorCode.Category.UNAVAILABLE;
            if (outside) {
                LOG.warnf("%s waits %s: %s", name, setback.delay(), e.getMessage());
            } else {
                LOG.errorf(e, "Care for %s failed and is tried again in %s", name, setback.delay());
            }
        } finally {
            MDC.remove("job");
            inCare.remove(name);
        }
    }

    private boolean isSetBack(String name) {
        Setback setback = setbacks.get(name);
        return setback != null && !setback.isOver();
    }

    private static boolean isAtWork(JobRecord record) {
        return JobMachine.hasWorker(record.job().getState());
    }

    private static boolean isQueuedOrAtWork(JobRecord record) {
        return isAtWork(record) || record.job().getState() == JobState.JOB_STATE_QUEUED;
    }

    private static String name(JobRecord record) {
        return record.job().getName();
    }
}
