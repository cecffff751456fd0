package io.graft.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.graft.v1.JobState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 kB",
        "133466304, 133 MB",
        "9994999, 9.99 MB",
        "9995000, 10.0 MB",
        "999499999, 999 MB",
        "999500000, 1.00 GB",
        "8000000000, 8.00 GB",
        "9223372036854775807, 9223372 TB"
    })
    void bytesHaveThreeDigits(long bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"59, 59s", "60, 1m 00s", "3599, 59m 59s", "3661, 1h 01m"})
    void spansAreToTheSecond(long seconds, String text) {
        assertThat(Figures.span(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void timesAndStatesLoseWhatSaysNothing() {
        assertThat(Figures.time(Timestamp.newBuilder()
                        .setSeconds(1767225600)
                        .setNanos(5)
                        .build()))
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(Figures.time(Timestamp.getDefaultInstance())).isEmpty();
        assertThat(Figures.name(JobState.JOB_STATE_RUNNING, "JOB_STATE_")).isEqualTo("RUNNING");
        assertThat(Figures.name(JobState.UNRECOGNIZED, "JOB_STATE_")).isEqualTo("UNRECOGNIZED");
    }
}
