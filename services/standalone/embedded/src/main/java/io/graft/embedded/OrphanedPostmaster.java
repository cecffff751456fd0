package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that outlived the process that started it. */
final class OrphanedPostmaster {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPostmaster.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OrphanedPostmaster() {}

    /**
     * Stops the server of a cluster, if one runs, first by a fast and then by an immediate shutdown, and returns when it is
     * gone. Never signals a process that merely got the number of a server long gone.
     *
     * @throws EmbeddedPartException {@code DATA_IN_USE} when it stays
     */
    static void stop(Path cluster) {
        Optional<ProcessHandle> found = find(cluster);
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle postmaster = found.get();
        LOG.info("Stopping PostgreSQL process {} that an earlier run left on {}", postmaster.pid(), cluster);
        for (String signal : List.of("INT", "QUIT")) {
            signal(postmaster, signal);
            if (isGone(postmaster)) {
                return;
            }
        }
        throw new EmbeddedPartException(
                Reason.DATA_IN_USE,
                "PostgreSQL process " + postmaster.pid() + " still uses " + cluster
                        + " and does not stop. End it by hand and start again");
    }

    private static Optional<ProcessHandle> find(Path cluster) {
        Path file = cluster.resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,10}")) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(OrphanedPostmaster::isPostgres);
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    Reason.DIRECTORY_NOT_WRITABLE, "File " + file + " cannot be read; correct its permissions", e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).endsWith("postgres"))
                .orElse(false);
    }

    private static void signal(ProcessHandle postmaster, String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(postmaster.pid()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                LOG.info("Signal {} did not reach process {}: {}", signal, postmaster.pid(), said.strip());
            }
        } catch (IOException e) {
            throw new EmbeddedPartException(Reason.DATA_IN_USE, "Program 'kill' cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPartException(Reason.STOP_FAILED, "Interrupted while PostgreSQL stops", e);
        }
    }

    private static boolean isGone(ProcessHandle postmaster) {
        try {
            postmaster.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for a process does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPartException(Reason.STOP_FAILED, "Interrupted while PostgreSQL stops", e);
        }
    }
}
