package io.graft.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The process that runs the parts. It prints one line of JSON on standard output, {@code {"status":"ready",...}} or
 * {@code {"status":"failed","reason":...,"message":...}}, logs on standard error, and stops cleanly on SIGTERM or when its
 * standard input ends, which happens however its parent died. Ctrl-C is left to the parent, which has work to end first.
 */
public final class PartsMain {
    private static final Logger LOG = LoggerFactory.getLogger(PartsMain.class);

    private final PrintStream answers;
    private boolean stopping;
    private @Nullable EmbeddedParts parts;

    private PartsMain(PrintStream answers) {
        this.answers = answers;
    }

    /** Takes its settings from the environment; see {@code GRAFT_PARTS_*}. Exits 0 after a clean stop, 1 on failure. */
    public static void main(String[] arguments) throws JsonProcessingException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        Signal.handle(new Signal("HUP"), SignalHandler.SIG_IGN);
        PartsMain process = new PartsMain(answers);
        Runtime.getRuntime().addShutdownHook(new Thread(process::stop, "stop-parts"));
        Thread.ofPlatform().daemon().name("watch-parent").start(PartsMain::exitWhenParentIsGone);
        process.start();
    }

    private void start() throws JsonProcessingException {
        try {
            EmbeddedParts started = EmbeddedParts.start(PartsSettings.of(System.getenv()));
            keep(started);
            answer(Map.of(
                    "status", "ready",
                    "postgres", started.postgres().jdbcUrl(),
                    "kafka", started.kafka().bootstrap(),
                    "s3", started.s3().endpoint()));
        } catch (EmbeddedPartException e) {
            LOG.error("The parts do not start", e);
            answer(Map.of("status", "failed", "reason", e.reason().name(), "message", String.valueOf(e.getMessage())));
            System.exit(1);
        }
    }

    private void answer(Map<String, String> fields) throws JsonProcessingException {
        answers.println(new ObjectMapper().writeValueAsString(fields));
        answers.flush();
    }

    /** Parts that came up while the process is already leaving are stopped at once. */
    private synchronized void keep(EmbeddedParts started) {
        if (stopping) {
            started.close();
        }
        parts = started;
    }

    private synchronized void stop() {
        stopping = true;
        if (parts != null) {
            parts.close();
            LOG.info("The parts have stopped");
        }
    }

    private static void exitWhenParentIsGone() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.info("Standard input is gone: {}", e.getMessage());
        }
        System.exit(0);
    }
}
