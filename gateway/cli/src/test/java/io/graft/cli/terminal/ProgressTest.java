package io.graft.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    @Test
    void aTerminalGetsOneLineThatIsRedrawn() {
        try (Progress progress = progress(true)) {
            progress.update("graft", 0, 197, "0/197");
            now += TimeUnit.MILLISECONDS.toNanos(150);
            progress.update("graft", 98, 197, "98/197");
        }

        assertThat(err())
                .isEqualTo("\rgraft      [------------------------]   0 %  0/197\u001b[K"
                        + "\rgraft      [###########-------------]  49 %  98/197\u001b[K"
                        + "\r\u001b[K");
        assertThat(out.size()).isZero();
    }

    @Test
    void redrawingIsLimitedButTheEndAlwaysShows() {
        try (Progress progress = progress(true)) {
            for (int step = 0; step <= 1000; step++) {
                progress.update("graft", step, 1000, "");
            }
        }

        assertThat(err().split("\r", -1)).hasSize(4);
        assertThat(err()).contains("[########################] 100 %");
    }

    @Test
    void aNoteStaysAboveTheBar() {
        try (Progress progress = progress(true)) {
            progress.update("graft", 1, 4, "");
            progress.note("RUNNING");
        }

        assertThat(err()).endsWith("\r\u001b[KRUNNING\n");
    }

    @Test
    void aLogGetsALineAtEveryLabelAndQuarter() {
        try (Progress progress = progress(false)) {
            progress.update("pull", 0, 0, "");
            for (int step = 0; step <= 1000; step++) {
                progress.update("graft", step, 1000, step + "/1000");
            }
            progress.update("upload", 3, 4, "");
        }

        assertThat(err()).isEqualTo("""
                pull ...
                graft 0 %  0/1000
                graft 25 %  250/1000
                graft 50 %  500/1000
                graft 75 %  750/1000
                graft 100 %  1000/1000
                upload 75 %
                """);
    }

    private Progress progress(boolean live) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                live);
        return new Progress(console, () -> now);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
