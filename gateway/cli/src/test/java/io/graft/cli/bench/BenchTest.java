package io.graft.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.graft.cli.CommandRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aMeasurementIsOneJsonObjectWithRatiosFiguresAndMachine() {
        JsonObject json = CommandRun.with(
                        Map.of(),
                        "bench",
                        "transfer",
                        "--size",
                        "1000000",
                        "--rounds",
                        "1",
                        "--warm-ups",
                        "0",
                        "--folder",
                        folder.toString(),
                        "-o",
                        "json")
                .json();

        assertThat(json.keySet()).containsExactly("name", "ratios", "figures", "machine");
        assertThat(json.getAsJsonObject("ratios").get("cp").getAsDouble()).isPositive();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anUnknownNameIsAUsageError() {
        CommandRun run = CommandRun.with(Map.of(), "bench", "speed");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("speed");
    }

    @Test
    void trainingTakesPositiveNumbersOnly() {
        CommandRun run = CommandRun.with(Map.of(), "bench", "train", "--threads", "1,0");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--threads, --rounds and --steps are at least 1");
    }

    @Test
    void trainingNeedsWhatIsBuilt() {
        CommandRun run = CommandRun.with(Map.of("GRAFT_DIST", folder.toString()), "bench", "train");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("services/engine/benchmark/target/lib", "Build it with");
    }

    @Test
    void aFolderThatIsAbsentIsAFailureWithItsReason() {
        CommandRun run = CommandRun.with(
                Map.of(),
                "bench",
                "transfer",
                "--folder",
                folder.resolve("absent").toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("NoSuchFileException").contains("absent");
    }
}
