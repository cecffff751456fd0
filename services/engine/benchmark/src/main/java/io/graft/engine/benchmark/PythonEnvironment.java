package io.graft.engine.benchmark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The Python that the peers run in: a virtual environment with their packages, made once and kept. */
final class PythonEnvironment {
    private static final List<String> PACKAGES =
            List.of("torch==2.7.1", "transformers==5.23.0", "peft==0.21.2", "numpy");
    private static final String CPU_INDEX = "https://download.pytorch.org/whl/cpu";
    private static final String ALTERNATIVE =
            "Or name an interpreter that has " + String.join(", ", PACKAGES) + " with --python.";
    private static final int LOG_CHARACTERS = 2_000;

    private final Path cache;
    private final String python;
    private final Consumer<String> notes;

    /**
     * For one use.
     *
     * @param python the interpreter that makes the environment
     * @param notes is told what takes long
     */
    PythonEnvironment(Path cache, String python, Consumer<String> notes) {
        this.cache = cache;
        this.python = python;
        this.notes = notes;
    }

    /**
     * Its interpreter; the first time this takes minutes and the network.
     *
     * @throws BenchmarkException with what helps
     */
    Path prepare() throws IOException {
        Path folder = cache.resolve("bench-train-python");
        Path ready = folder.resolve("ready");
        Files.createDirectories(cache);
        try (FileChannel channel = FileChannel.open(
                        cache.resolve("bench-train-python.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid()
                    && !(Files.exists(ready) && Files.readAllLines(ready).equals(PACKAGES))) {
                make(folder);
                Files.write(ready, PACKAGES);
            }
        }
        return folder.resolve("bin/python");
    }

    private void make(Path folder) throws IOException {
        notes.accept("making a Python environment in " + folder + ", once: " + String.join(", ", PACKAGES)
                + " (0.5 to 4 GB, minutes)");
        run(
                List.of(python, "-m", "venv", "--clear", folder.toString()),
                "Install Python 3.10 or later with its module venv (on Debian and Ubuntu the package python3-venv).");
        List<String> install = new ArrayList<>(
                List.of(folder.resolve("bin/python").toString(), "-m", "pip", "install", "--quiet", "--no-input"));
        install.addAll(PACKAGES);
        run(
                install,
                "It needs the network and 4 GB of disk; behind a mirror set PIP_INDEX_URL and PIP_EXTRA_INDEX_URL.");
    }

    private void run(List<String> command, String cure) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putIfAbsent("PIP_EXTRA_INDEX_URL", CPU_INDEX);
        String what = String.join(" ", command);
        Process process;
        try {
            process = builder.start();
        } catch (IOException absent) {
            throw new BenchmarkException(what + " cannot be run. " + cure + " " + ALTERNATIVE, absent);
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                String end = output.substring(Math.max(0, output.length() - LOG_CHARACTERS));
                throw new BenchmarkException(
                        what + " ended with " + code + ". " + cure + " " + ALTERNATIVE + "\n" + end);
            }
        } catch (InterruptedException stop) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted while " + what + " ran", stop);
        }
    }
}
