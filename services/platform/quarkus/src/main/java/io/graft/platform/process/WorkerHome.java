package io.graft.platform.process;

import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.WorkerStatus;
import io.graft.platform.resource.ResourceName.JobName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where one attempt's worker lives: its work directory, its log, and the notes that survive the service.
 *
 * @param path {@code {root}/{job}/{attempt}}
 * @param mark what stands on the worker's command line and on no other
 */
record WorkerHome(Path path, String mark) {
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    static WorkerHome of(Path root, JobName job, int attempt) {
        return new WorkerHome(
                root.resolve(job.toString()).resolve(Integer.toString(attempt)),
                "-Dgraft.worker=" + job + "/" + attempt);
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    /** Directory that the worker may fill. */
    Path work() {
        return path.resolve("work");
    }

    Path logFile() {
        return path.resolve("worker.log");
    }

    void create() {
        try {
            Files.createDirectories(
                    work(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes the process, so that a later service finds it. */
    void remember(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        write(pidFile(), process.pid() + " " + start);
    }

    /** Notes how the process ended; nothing when the home is gone. */
    void rememberExit(WorkerStatus.Exited exit) {
        if (exists()) {
            write(exitFile(), exit.code().value() + " " + exit.outOfMemory());
        }
    }

    /** Whether a process was ever noted. */
    boolean hadProcess() {
        return Files.exists(pidFile());
    }

    Optional<WorkerStatus.Exited> exit() {
        return read(exitFile())
                .map(parts -> new WorkerStatus.Exited(
                        new ExitCode(Integer.parseInt(parts.getFirst())), Boolean.parseBoolean(parts.getLast())));
    }

    /** The worker, if it runs: by its note, or by its mark when the service died before it took the note. */
    Optional<ProcessHandle> process() {
        Optional<List<String>> note = read(pidFile());
        if (note.isPresent()) {
            long pid = Long.parseLong(note.get().getFirst());
            Instant start = Instant.parse(note.get().getLast());
            return ProcessHandle.of(pid).filter(WorkerHome::isAlive).filter(process -> startedAt(process, start));
        }
        Optional<ProcessHandle> marked = exists() ? marked() : Optional.empty();
        marked.ifPresent(this::remember);
        return marked;
    }

    Optional<Path> log() {
        return Optional.of(logFile()).filter(Files::isRegularFile);
    }

    /** Deletes it, and the folders above that become empty. */
    void delete() {
        if (!exists()) {
            return;
        }
        try {
            Files.walkFileTree(path, new Deleting());
            Path job = path.getParent();
            if (job != null && isEmpty(job)) {
                Files.delete(job);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process runs; one that has ended and that nobody has asked for its code does not. */
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (NoSuchFileException e) {
            return false; // It is gone by now, or this system has no /proc.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessHandle> marked() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .arguments()
                            .map(arguments -> Arrays.asList(arguments).contains(mark))
                            .orElse(false))
                    .filter(WorkerHome::isAlive)
                    .findFirst();
        }
    }

    /** The kernel tells starts relative to the boot, whose time it corrects a little. */
    private static boolean startedAt(ProcessHandle process, Instant start) {
        return process.info()
                .startInstant()
                .map(found -> Duration.between(found, start).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(false);
    }

    private Path pidFile() {
        return path.resolve("worker.pid");
    }

    private Path exitFile() {
        return path.resolve("worker.exit");
    }

    /** Whole or not at all. */
    private static void write(Path file, String line) {
        try {
            Path draft = Files.createTempFile(file.getParent(), "note", ".tmp");
            Files.writeString(draft, line);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<List<String>> read(Path file) {
        try {
            return Optional.of(List.of(Files.readString(file).strip().split(" ", 2)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
