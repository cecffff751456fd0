package io.graft.engine.weights.benchmark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Handling of whole folders for the benchmark. */
final class Folders {
    private Folders() {}

    static void copy(Path from, Path into) throws IOException {
        run(List.of("cp", "-r", from.toString(), into.toString()));
    }

    /** As the tool of that name, of every file. */
    static void sha256sum(Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of("sha256sum"));
        walk(folder).stream().filter(Files::isRegularFile).map(Path::toString).forEach(command::add);
        run(command);
    }

    /** Waits until a folder's files are on the disk. */
    static void flush(Path folder) throws IOException {
        for (Path path : walk(folder)) {
            if (Files.isRegularFile(path)) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    static long size(Path folder) throws IOException {
        long size = 0;
        for (Path path : walk(folder)) {
            size += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return size;
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> paths = new ArrayList<>(walk(folder));
            paths.sort(Comparator.reverseOrder());
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + code);
            }
        } catch (InterruptedException stop) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command.getFirst(), stop);
        }
    }
}
