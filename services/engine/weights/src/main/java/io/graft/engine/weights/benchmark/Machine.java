package io.graft.engine.weights.benchmark;

import io.graft.engine.weights.arithmetic.Acceleration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Says what a benchmark ran on. */
public final class Machine {
    private Machine() {}

    /** {@code cpu}, {@code cores}, {@code java} and {@code acceleration}; a new map. */
    public static SortedMap<String, String> describe() {
        SortedMap<String, String> machine = new TreeMap<>();
        machine.put("cpu", cpu());
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("java", Runtime.version().toString());
        machine.put("acceleration", Acceleration.detect().name());
        return machine;
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException absent) {
            return System.getProperty("os.arch");
        }
    }
}
