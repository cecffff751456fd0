package io.graft.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes everything down in order when the virtual machine ends, for whatever reason: services, so that nothing starts anew;
 * workers, whose last report still finds Kafka; the parts; the lock. Bounded, 15 seconds in all.
 */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final Duration SERVICES_LIMIT = Duration.ofSeconds(8);
    private static final Duration WORKERS_LIMIT = Duration.ofSeconds(2);

    private final Path work;
    private final RunLock lock;
    private final CountDownLatch servicesStopped = new CountDownLatch(1);
    private volatile boolean servicesStarted;
    private volatile boolean stopping;
    private @Nullable PartsProcess parts;

    private Shutdown(Path work, RunLock lock) {
        this.work = work;
        this.lock = lock;
    }

    /** @param work directory under which the workers have theirs */
    static Shutdown prepare(Path work, RunLock lock) {
        Shutdown shutdown = new Shutdown(work, lock);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
        return shutdown;
    }

    /** Whether the end has begun, so that the parts' leaving is no accident. */
    boolean isStopping() {
        return stopping;
    }

    /** Takes over the parts; when the end has begun meanwhile, they are stopped at once. */
    synchronized void own(PartsProcess started) {
        if (stopping) {
            started.close();
        }
        parts = started;
    }

    void servicesStarted() {
        servicesStarted = true;
    }

    void servicesStopped() {
        servicesStopped.countDown();
    }

    private void run() {
        stopping = true;
        try {
            if (servicesStarted && !servicesStopped.await(SERVICES_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The services did not stop in time; what they left open is recovered at the next start");
            }
            stopWorkers();
            stopParts();
            lock.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("What says that Graft runs could not be removed; the next start does it", e);
        }
    }

    private synchronized void stopParts() {
        if (parts != null) {
            parts.close();
        }
    }

    private void stopWorkers() {
        List<ProcessHandle> workers = Workers.under(work);
        workers.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] exits =
                workers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(exits)
                .completeOnTimeout(null, WORKERS_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
