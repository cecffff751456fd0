package io.graft.engine.worker;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.backoff.Backoff;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.Assignment;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt, from its assignment to its last report. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** The result is safe and the service finds it in the end: about a minute and a half of trying is enough. */
    private static final Backoff LAST_WORDS = new Backoff(8, Duration.ofSeconds(1), Duration.ofSeconds(20));

    private static final Backoff PARTING_WORDS = new Backoff(1, Duration.ZERO, Duration.ZERO);

    private final AttemptIdentity identity;
    private final StoreConnection stores;
    private final AttemptReports reports;
    private final JobRunners runners;
    private final Failpoint failpoint;
    private final StopSignal stop;
    private final Clock clock;

    Worker(
            AttemptIdentity identity,
            StoreConnection stores,
            AttemptReports reports,
            JobRunners runners,
            Failpoint failpoint,
            StopSignal stop,
            Clock clock) {
        this.identity = identity;
        this.stores = stores;
        this.reports = reports;
        this.runners = runners;
        this.failpoint = failpoint;
        this.stop = stop;
        this.clock = clock;
    }

    /** Runs to the end; every failure becomes a report and an exit code. */
    ExitCode run() {
        ProgressBoard progress = new ProgressBoard();
        Assignment assignment;
        try {
            assignment = stores.with(this::assignment);
            identity.require(assignment);
        } catch (GraftException e) {
            LOG.error("There is nothing to do for this worker: {}", e.getMessage(), e);
            return ExitCode.FAILED;
        }
        reports.started(worker());
        AttemptCommitted committed;
        try (Heartbeat beats = Heartbeat.start(reports, progress, heartbeat(assignment))) {
            LOG.info("Attempt {} of {} ({}) begins", identity.attempt(), identity.job(), assignment.getKind());
            committed = stores.with(store -> work(assignment, store, progress));
        } catch (Exception | OutOfMemoryError thrown) {
            return giveUp(assignment, stop.isRequested() ? new StoppedException() : thrown);
        }
        if (!reports.committed(committed, LAST_WORDS)) {
            LOG.warn("{} is committed and nobody could be told; the service will find it", committed.getManifest());
        }
        LOG.info("Committed {} as {}", committed.getManifest(), committed.getDigest());
        return ExitCode.DONE;
    }

    private Assignment assignment(ArtifactStore store) {
        try (InputStream stream = store.open(identity.assignmentKey())) {
            return Assignment.parseFrom(stream);
        } catch (InvalidProtocolBufferException e) {
            throw new GraftException(ErrorCode.INTERNAL, "The assignment is not readable", e);
        } catch (IOException e) {
            throw new GraftException(ErrorCode.STORAGE_UNAVAILABLE, "The assignment can't be read", e);
        }
    }

    private AttemptCommitted work(Assignment assignment, ArtifactStore store, ProgressBoard progress)
            throws IOException {
        JobRunner runner = runners.of(assignment.getKind());
        Path inputs = freshFolder("inputs");
        Path output = freshFolder("output");
        List<PulledInput> pulled =
                new InputPull(store, inputs, progress, stop).pull(assignment.getInputsList(), runner);
        stop.check();
        JobCheckpoints checkpoints = JobCheckpoints.open(store, assignment, freshFolder("checkpoint"), reports, clock);
        JobOutput made = runner.run(new JobRun(assignment, pulled, output, progress, stop, checkpoints));
        stop.check();
        return new OutputCommit(store, assignment).commit(made, output, progress, stop, failpoint, clock);
    }

    private ExitCode giveUp(Assignment assignment, Throwable thrown) {
        boolean leaving = Thread.interrupted() || thrown instanceof StoppedException;
        JobFailure failure = Failures.of(thrown);
        LOG.error("Attempt {} gives up: {} {}", identity.attempt(), failure.getCode(), failure.getMessage());
        if (!stop.isTooLate()) {
            discard(assignment);
        }
        reports.failed(failure, leaving ? PARTING_WORDS : LAST_WORDS);
        return Failures.exitCode(failure);
    }

    private void discard(Assignment assignment) {
        try {
            stores.with(store -> {
                new OutputCommit(store, assignment).discard();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GraftException e) {
            LOG.warn("What was uploaded is left for the service to sweep: {}", e.getMessage());
        }
    }

    private Path freshFolder(String name) throws IOException {
        Path folder = identity.workDirectory().resolve(name);
        if (Files.exists(folder)) {
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private static Duration heartbeat(Assignment assignment) {
        return Duration.ofNanos(Durations.toNanos(assignment.getHeartbeatInterval()));
    }

    private static String worker() {
        String host = System.getenv().getOrDefault("HOSTNAME", "localhost");
        return host + "/" + ProcessHandle.current().pid();
    }
}
