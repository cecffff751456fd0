package io.graft.platform.jobs;

import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.Launcher;
import io.graft.platform.launch.WorkerStatus;
import io.graft.v1.Assignment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Workers that do what a test says. */
final class ScriptedLauncher implements Launcher {
    final List<Assignment> launched = new CopyOnWriteArrayList<>();
    final List<String> done = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    private final Map<String, WorkerStatus> workers = new ConcurrentHashMap<>();

    @Override
    public void launch(Assignment assignment) {
        if (broken) {
            throw new IllegalStateException("no worker can be started");
        }
        String worker = worker(assignment.getJob(), assignment.getAttempt());
        if (workers.putIfAbsent(worker, new WorkerStatus.Running()) == null) {
            launched.add(assignment);
            done.add("launch " + assignment.getAttempt());
        }
    }

    @Override
    public WorkerStatus status(String job, int attempt) {
        return workers.getOrDefault(worker(job, attempt), new WorkerStatus.Absent());
    }

    @Override
    public void stop(String job, int attempt, Duration grace) {
        done.add("stop " + attempt);
        exit(job, attempt, ExitCode.TERMINATED, false);
    }

    @Override
    public void clean(String job, int attempt) {
        done.add("clean " + attempt);
        workers.remove(worker(job, attempt));
    }

    void exit(String job, int attempt, ExitCode code, boolean outOfMemory) {
        workers.put(worker(job, attempt), new WorkerStatus.Exited(code, outOfMemory));
    }

    void vanish(String job, int attempt) {
        workers.remove(worker(job, attempt));
    }

    private static String worker(String job, int attempt) {
        return job + "/" + attempt;
    }
}
