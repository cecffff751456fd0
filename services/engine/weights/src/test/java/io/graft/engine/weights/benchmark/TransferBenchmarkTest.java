package io.graft.engine.weights.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.safetensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransferBenchmarkTest {
    @TempDir
    Path temporary;

    @Test
    void reportsRatiosAndCleansUp() throws IOException {
        BenchmarkResult result =
                new TransferBenchmark(new BenchmarkOptions(temporary, 4_000_000, 1_500_000, 2, 0, 1)).run();
        assertThat(result.ratios()).containsOnlyKeys("cp", "cp_with_digest", "cp_and_sha256sum");
        assertThat(result.figures()).containsKeys("graft_gb_per_s", "cp_gb_per_s", "graft_cpu_seconds");
        assertThat(result.machine()).containsOnlyKeys("cpu", "cores", "java", "acceleration");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void oneSeedGivesOneModel() throws IOException {
        SyntheticModel model = new SyntheticModel(4_000_000, 7, 1_500_000);
        model.write(temporary.resolve("a"));
        model.write(temporary.resolve("b"));
        try (Checkpoint checkpoint = Checkpoint.open(temporary.resolve("a"))) {
            for (var file : checkpoint.files()) {
                assertThat(file.path())
                        .hasSameBinaryContentAs(
                                temporary.resolve("b").resolve(file.path().getFileName()));
            }
            assertThat(checkpoint.files()).hasSizeGreaterThan(1);
        }
    }
}
