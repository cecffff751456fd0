package io.graft.pipelines.domain;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds runs that are due and gives each its care on a thread of its own, so that one that is slow or broken delays no other.
 * Replicas share the runs by leases; a crash at any moment leaves a run to whoever takes its lease. Thread-safe.
 */
public final class RunDriver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunDriver.class);
    private static final Duration SETBACK = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final RunStore runs;
    private final RunCare care;
    private final String owner;
    private final Duration leaseLife;
    private final Semaphore places;
    private final ExecutorService executor = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("run-care-", 0).daemon().factory());
    private final Set<String> inCare = ConcurrentHashMap.newKeySet();

    /**
     * @param owner name of this replica, unlike any other's, and another one after each start
     * @param leaseLife how long a run is held; longer than its care may take at once
     * @param atOnce runs that are cared for at the same time
     */
    public RunDriver(RunStore runs, RunCare care, String owner, Duration leaseLife, int atOnce) {
        this.runs = runs;
        this.care = care;
        this.owner = owner;
        this.leaseLife = leaseLife;
        this.places = new Semaphore(atOnce);
    }

    /** Takes what is due; whether there may be more. */
    public boolean pass() {
        int free = places.availablePermits();
        if (free == 0) {
            return false;
        }
        var held = runs.lease(owner, leaseLife, free);
        for (String name : held) {
            if (inCare.add(name)) {
                places.acquireUninterruptibly();
                executor.execute(() -> attend(name));
            }
        }
        return held.size() == free && places.availablePermits() > 0;
    }

    private void attend(String name) {
        Duration wait = null;
        try {
            care.attend(name);
        } catch (RuntimeException e) {
            wait = SETBACK;
            boolean outside =
                    e instanceof GraftException graft && graft.code().category() == ErrorCode.Category.UNAVAILABLE;
            if (outside) {
                LOG.warn("{} waits: {}", name, e.getMessage());
            } else {
                LOG.error("Care for {} failed and is tried again in {}", name, wait, e);
            }
        } finally {
            release(name, wait);
            inCare.remove(name);
            places.release();
        }
    }

    private void release(String name, @Nullable Duration wait) {
        try {
            runs.release(owner, name, wait);
        } catch (GraftException e) {
            LOG.warn("{} is not given back and comes free in {}: {}", name, leaseLife, e.getMessage());
        }
    }

    /** Lets the care in hand be finished, for 10 seconds at most; leases that are left run out. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
