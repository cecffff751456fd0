package io.graft.cli.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.terminal.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A measurement in a process of its own, which has nothing else in it. It prints one JSON object with {@code ratios}, {@code
 * figures} and {@code machine}; lines on its standard error that begin with {@code progress: } say how far it is.
 *
 * @param name of the measurement
 * @param expected how long it takes
 * @param java options, class path, main class and arguments
 */
record Measurement(String name, String expected, List<String> java) {
    private static final String PROGRESS = "progress: ";

    /** Runs it and prints the result. */
    void run(Invocation invocation) throws IOException, InterruptedException {
        JsonObject result = new JsonObject();
        result.addProperty("name", name);
        try (Progress progress = invocation.progress()) {
            progress.update("measuring", 0, 0, expected);
            measure(progress).entrySet().forEach(e -> result.add(e.getKey(), e.getValue()));
        }
        invocation.output().result(result, out -> BenchText.print(result, out));
    }

    private JsonObject measure(Progress progress) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        Process process = new ProcessBuilder(command).start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
        FutureTask<String> errors = new FutureTask<>(() -> errors(process, progress));
        Thread.ofPlatform().daemon().start(errors);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String said = said(errors);
        if (code != 0) {
            throw new CommandException(ExitCode.FAILED, "BENCH_FAILED", "The measurement failed:\n" + said);
        }
        return JsonParser.parseString(output).getAsJsonObject();
    }

    private static String said(FutureTask<String> errors) throws InterruptedException, IOException {
        try {
            return errors.get();
        } catch (ExecutionException failed) {
            throw new IOException("The messages of the measurement could not be read", failed);
        }
    }

    private static String errors(Process process, Progress progress) throws IOException {
        StringBuilder others = new StringBuilder();
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(PROGRESS)) {
                    progress.update(line.substring(PROGRESS.length()), 0, 0, "");
                } else {
                    others.append(line).append('\n');
                }
            }
        }
        return others.toString();
    }
}
