package io.graft.platform.process;

import io.graft.platform.artifact.ArtifactKeys;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.Launcher;
import io.graft.platform.launch.WorkerStatus;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.JobName;
import io.graft.v1.Assignment;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Workers as JVMs of this machine, one an attempt. A worker outlives the service: the next one finds it by what lies in its
 * home, or by the mark on its command line. Calls for one attempt follow each other; those for others go on beside them.
 */
public final class LocalProcessLauncher implements Launcher {
    private static final Logger LOG = Logger.getLogger(LocalProcessLauncher.class);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int JVM_OUT_OF_MEMORY = 3;

    private final WorkerSettings settings;
    private final ArtifactStore artifacts;
    private final LongSupplier kernelKills;
    private final Map<WorkerHome, Child> children = new ConcurrentHashMap<>();
    private final Map<WorkerHome, Object> locks = new ConcurrentHashMap<>();

    /** @param artifacts gets the logs of workers */
    public LocalProcessLauncher(WorkerSettings settings, ArtifactStore artifacts) {
        this(settings, artifacts, new KernelKills());
    }

    /** @param kernelKills how many processes the kernel has killed for want of memory so far */
    LocalProcessLauncher(WorkerSettings settings, ArtifactStore artifacts, LongSupplier kernelKills) {
        this.settings = settings;
        this.artifacts = artifacts;
        this.kernelKills = kernelKills;
    }

    @Override
    public void launch(Assignment assignment) {
        WorkerHome home = home(assignment.getJob(), assignment.getAttempt());
        synchronized (lock(home)) {
            if (status(home) instanceof WorkerStatus.Absent) {
                home.create();
                long killsBefore = kernelKills.getAsLong();
                Process process = begin(assignment, home);
                children.put(home, new Child(process, killsBefore));
                home.remember(process.toHandle());
                Thread.ofPlatform()
                        .name("exit-of-" + process.pid())
                        .daemon()
                        .start(() -> noteExit(home, process, killsBefore));
                LOG.infof(
                        "Worker %d runs attempt %d of %s", process.pid(), assignment.getAttempt(), assignment.getJob());
            }
        }
    }

    @Override
    public WorkerStatus status(String job, int attempt) {
        WorkerHome home = home(job, attempt);
        synchronized (lock(home)) {
            return status(home);
        }
    }

    @Override
    public void stop(String job, int attempt, Duration grace) {
        WorkerHome home = home(job, attempt);
        synchronized (lock(home)) {
            Optional<ProcessHandle> found = process(home);
            if (found.isEmpty()) {
                return;
            }
            ProcessHandle process = found.get();
            process.destroy();
            if (!isGone(home, process, grace)) {
                LOG.warnf("Worker %d did not leave within %s and is killed", process.pid(), grace);
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                if (!isGone(home, process, AFTER_KILL)) {
                    throw new IllegalStateException("Worker " + process.pid() + " can't be killed");
                }
            }
        }
    }

    @Override
    public void clean(String job, int attempt) {
        WorkerHome home = home(job, attempt);
        synchronized (lock(home)) {
            if (status(home) instanceof WorkerStatus.Running) {
                throw new IllegalStateException("Attempt " + attempt + " of " + job + " has a worker; stop it first");
            }
            JobName name = ResourceName.parse("job", job, JobName.class);
            home.log().ifPresent(log -> artifacts.put(ArtifactKeys.log(name, attempt), log));
            home.delete();
            children.remove(home);
        }
        locks.remove(home);
    }

    private WorkerStatus status(WorkerHome home) {
        Child child = children.get(home);
        if (child != null) {
            return child.process().isAlive() ? new WorkerStatus.Running() : exit(child.process(), child.killsBefore());
        }
        if (!home.exists()) {
            return new WorkerStatus.Absent();
        }
        Optional<WorkerStatus.Exited> exit = home.exit();
        if (exit.isPresent()) {
            return exit.get();
        }
        if (home.process().isPresent()) {
            return new WorkerStatus.Running();
        }
        return home.hadProcess() ? new WorkerStatus.Exited(ExitCode.UNKNOWN, false) : new WorkerStatus.Absent();
    }

    private Optional<ProcessHandle> process(WorkerHome home) {
        Child child = children.get(home);
        return child == null
                ? home.process()
                : Optional.of(child.process().toHandle()).filter(ProcessHandle::isAlive);
    }

    private Process begin(Assignment assignment, WorkerHome home) {
        try {
            return new WorkerCommand(settings).start(assignment, home);
        } catch (UncheckedIOException e) {
            home.delete();
            throw e;
        }
    }

    private void noteExit(WorkerHome home, Process process, long killsBefore) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (lock(home)) {
            home.rememberExit(exit(process, killsBefore));
        }
    }

    /** Waits for a process to end; those that are not children of this service tell nothing when they do. */
    private boolean isGone(WorkerHome home, ProcessHandle process, Duration time) {
        Child child = children.get(home);
        try {
            if (child != null) {
                return child.process().waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
            }
            long end = System.nanoTime() + time.toNanos();
            while (WorkerHome.isAlive(process)) {
                if (System.nanoTime() >= end) {
                    return false;
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a worker was stopped", e);
        }
    }

    private WorkerStatus.Exited exit(Process ended, long killsBefore) {
        ExitCode code = new ExitCode(ended.exitValue());
        boolean killedForMemory = code.equals(ExitCode.KILLED) && kernelKills.getAsLong() > killsBefore;
        return new WorkerStatus.Exited(code, killedForMemory || code.value() == JVM_OUT_OF_MEMORY);
    }

    private WorkerHome home(String job, int attempt) {
        return WorkerHome.of(settings.directory(), ResourceName.parse("job", job, JobName.class), attempt);
    }

    private Object lock(WorkerHome home) {
        return locks.computeIfAbsent(home, key -> new Object());
    }

    private record Child(Process process, long killsBefore) {}
}
