package io.graft.engine.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainBenchmarkOptionsTest {
    @Test
    void defaultsAreOneAndTwoThreads() {
        TrainBenchmarkOptions options = TrainBenchmarkOptions.parse(List.of("--cache", "/c"));

        assertThat(options).isEqualTo(new TrainBenchmarkOptions(List.of(1, 2), 5, 1, 3, Path.of("/c"), null));
    }

    @Test
    void everythingCanBeSaid() {
        TrainBenchmarkOptions options = TrainBenchmarkOptions.parse(List.of(
                "--threads",
                "4,4,1",
                "--rounds",
                "2",
                "--warm-ups",
                "0",
                "--steps",
                "7",
                "--python",
                "/usr/bin/python3"));

        assertThat(options)
                .isEqualTo(new TrainBenchmarkOptions(List.of(4, 1), 2, 0, 7, Path.of(""), Path.of("/usr/bin/python3")));
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        assertThatThrownBy(() -> TrainBenchmarkOptions.parse(
                        List.of("--threads", "0,two", "--rounds", "0", "--warm-ups", "-1", "--speed", "9", "--steps")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "--threads: 0 is less than 1",
                        "--threads: 'two' is no whole number",
                        "--rounds: 0 is less than 1",
                        "--warm-ups: -1 is less than 0",
                        "--speed: is none of",
                        "--steps: has no value",
                        "--cache: is needed");
    }
}
