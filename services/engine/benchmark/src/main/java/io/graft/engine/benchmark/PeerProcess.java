package io.graft.engine.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that trains when it is told to. It writes one JSON object when its model is ready, naming versions; each number
 * of steps on its standard input is a round, answered with a {@link Round}; the end of the input ends it.
 */
final class PeerProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LOG_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private PeerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts one; {@link #versions} waits for it.
     *
     * @param log gets its standard error
     */
    static PeerProcess start(String name, List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile()));
        builder.environment().put("HF_HUB_OFFLINE", "1");
        return new PeerProcess(name, log, builder.start());
    }

    /** Waits until it is ready and gives what it says about itself. */
    JsonNode versions() throws IOException {
        return answer();
    }

    /** Lets it train while the caller waits. */
    Round round(int steps) throws IOException {
        orders.write(steps + "\n");
        orders.flush();
        JsonNode answer = answer();
        return new Round(
                answer.required("seconds").asDouble(),
                answer.required("cpu_seconds").asDouble(),
                answer.required("loss").asDouble());
    }

    /** Resident memory now. */
    long residentBytes() throws IOException {
        return status("VmRSS:");
    }

    /** The most resident memory since its start. */
    long peakBytes() throws IOException {
        return status("VmHWM:");
    }

    @Override
    public void close() {
        process.destroy();
    }

    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new BenchmarkException(name + " ended before its time; the end of its log:\n" + endOfLog());
        }
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new BenchmarkException(name + " answered '" + line + "'", broken);
        }
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private long status(String field) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow(() -> new BenchmarkException("The system does not tell " + field + " of " + name));
        }
    }
}
