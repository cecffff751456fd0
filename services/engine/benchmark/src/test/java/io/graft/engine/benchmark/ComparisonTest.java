package io.graft.engine.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Series series(Engine engine, Mode mode, int threads, long peak, double... seconds) {
        List<Round> rounds = Arrays.stream(seconds)
                .mapToObj(each -> new Round(each, each * threads, 9))
                .toList();
        return new Series(engine, mode, threads, rounds, peak / 2, peak);
    }

    @Test
    void aRatioIsTheMedianOfTheRoundsAndTheWorstOfTheThreads() {
        Map<String, Double> ratios = new Comparison(
                        List.of(
                                series(Engine.GRAFT, Mode.FULL, 1, 600, 1, 2, 10),
                                series(Engine.PYTORCH, Mode.FULL, 1, 1000, 1.5, 4, 11),
                                series(Engine.GRAFT, Mode.FULL, 2, 800, 1, 1),
                                series(Engine.PYTORCH, Mode.FULL, 2, 1000, 1, 1.4)),
                        2048,
                        1)
                .ratios();

        assertThat(ratios)
                .containsOnlyKeys(
                        "pytorch_full",
                        "pytorch_full_1_thread",
                        "pytorch_full_2_threads",
                        "memory",
                        "memory_above_start",
                        "memory_pytorch_full_1_thread",
                        "memory_pytorch_full_2_threads");
        assertThat(ratios.get("pytorch_full_1_thread")).isEqualTo(1.5);
        assertThat(ratios.get("pytorch_full_2_threads")).isEqualTo(1.2, within(1e-12));
        assertThat(ratios.get("pytorch_full")).isEqualTo(1.2, within(1e-12));
        assertThat(ratios.get("memory")).isEqualTo(0.8);
        assertThat(ratios.get("memory_above_start")).isEqualTo(0.8);
        assertThat(ratios.get("memory_pytorch_full_1_thread")).isEqualTo(0.6);
    }

    @Test
    void adaptersAreComparedWithBothPeers() {
        Comparison comparison = new Comparison(
                List.of(
                        series(Engine.GRAFT, Mode.LORA, 1, 500_000_000, 2),
                        series(Engine.PYTORCH, Mode.LORA, 1, 1_000_000_000, 3),
                        series(Engine.PEFT, Mode.LORA, 1, 1_250_000_000, 4)),
                4096,
                2);

        assertThat(comparison.ratios())
                .containsEntry("pytorch_lora", 1.5)
                .containsEntry("peft_lora", 2.0)
                .containsEntry("memory", 0.5);
        assertThat(comparison.figures())
                .containsEntry("graft_lora_1_thread_tokens_per_s", 2048.0)
                .containsEntry("peft_lora_1_thread_step_seconds", 2.0)
                .containsEntry("pytorch_lora_1_thread_step_cpu_seconds", 1.5)
                .containsEntry("graft_lora_1_thread_peak_mb", 500.0)
                .containsEntry("graft_lora_1_thread_start_mb", 250.0);
    }

    @Test
    void aPeerWithoutGraftIsRefused() {
        Comparison comparison = new Comparison(List.of(series(Engine.PEFT, Mode.LORA, 1, 1, 1)), 1, 1);

        assertThatThrownBy(comparison::ratios).hasMessageContaining("lora_1_thread");
    }
}
