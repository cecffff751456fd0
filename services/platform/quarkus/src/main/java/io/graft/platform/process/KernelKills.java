package io.graft.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How many processes the kernel has killed for want of memory: in this control group where it tells, on this machine
 * otherwise; 0 on systems that tell neither.
 */
final class KernelKills implements LongSupplier {
    private static final List<Path> SOURCES = List.of(Path.of("/sys/fs/cgroup/memory.events"), Path.of("/proc/vmstat"));

    private final List<Path> sources;

    KernelKills() {
        this(SOURCES);
    }

    /** @param sources files of lines {@code name value}; the first with the line {@code oom_kill} counts */
    KernelKills(List<Path> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public long getAsLong() {
        for (Path source : sources) {
            if (Files.isReadable(source)) {
                for (String line : lines(source)) {
                    if (line.startsWith("oom_kill ")) {
                        return Long.parseLong(
                                line.substring("oom_kill ".length()).strip());
                    }
                }
            }
        }
        return 0;
    }

    private static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
