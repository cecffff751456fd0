package io.graft.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.engine.methods.stopping.StoppingMethod;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final TrainingSettings SETTINGS = new TrainingSettings(TinyRun.STEPS, 2, 1, 0, 0, 3);

    @TempDir
    Path scratch = Path.of("");

    @Test
    void learnsAndSaysHow() throws IOException {
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(torch, scratch, "adamw", 0.03, SETTINGS, -1, null);

            Training.Outcome outcome = run.training.run();

            assertThat(outcome.end()).isEqualTo(Training.End.COMPLETE);
            assertThat(run.reports).hasSize(4);
            assertThat(run.reports.getFirst())
                    .containsKeys("loss", "learning_rate", "grad_norm", "epoch", "tokens_per_second");
            assertThat(run.reports.getLast().get("loss"))
                    .isLessThan(run.reports.getFirst().getOrDefault("loss", 0.0) - 0.3);
            assertThat(outcome.metrics()).containsKeys("eval_loss", "eval_perplexity", "eval_rows");
        }
    }

    @Test
    void goesOnBitForBitWhereItWasLeft() throws IOException {
        Map<String, float[]> whole;
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(torch, scratch.resolve("whole"), "adamw", 0.03, SETTINGS, -1, null);
            run.training.run();
            whole = run.weights();
        }
        Path checkpoint;
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(torch, scratch.resolve("left"), "adamw", 0.03, SETTINGS, 5, null);
            assertThat(run.training.run().end()).isEqualTo(Training.End.INTERRUPTED);
            checkpoint = run.checkpoints.getLast();
        }
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(torch, scratch.resolve("again"), "adamw", 0.03, SETTINGS, -1, null);
            run.training.resume(checkpoint);
            assertThat(run.training.step()).isEqualTo(5);
            assertThat(run.training.run().step()).isEqualTo(TinyRun.STEPS);
            Map<String, float[]> resumed = run.weights();
            assertThat(resumed.keySet()).isEqualTo(whole.keySet());
            resumed.forEach((name, values) -> assertThat(values).as(name).isEqualTo(whole.get(name)));
        }
    }

    @Test
    void refusesTheCheckpointOfAnotherRun() throws IOException {
        Path checkpoint;
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(torch, scratch.resolve("adamw"), "adamw", 0.03, SETTINGS, 2, null);
            run.training.run();
            checkpoint = run.checkpoints.getLast();
        }
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(torch, scratch.resolve("sgd"), "sgd_sai", 0.03, SETTINGS, -1, null);

            assertThatThrownBy(() -> run.training.resume(checkpoint))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The optimizer's state is of another run");
        }
    }

    @Test
    void saysWhichNumberDiverged() {
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(torch, scratch, "sgd", 1e20, new TrainingSettings(50, 1, 0, 0, 0, 1), -1, null);

            assertThatThrownBy(run.training::run)
                    .isInstanceOfSatisfying(DivergedException.class, e -> {
                        assertThat(e.statistic()).isIn("loss", "grad_norm");
                        assertThat(e.step()).isPositive();
                        assertThat(e.value()).isNotFinite();
                    })
                    .hasMessageContaining("Lower the learning rate");
        }
    }

    @Test
    void stopsEarlyAndKeepsTheBest() throws IOException {
        try (Torch torch = Torch.open(TorchSettings.threads(1))) {
            TinyRun run = new TinyRun(
                    torch,
                    scratch,
                    "adamw",
                    1,
                    new TrainingSettings(60, 1, 1, 2, 0, 1),
                    -1,
                    StoppingMethod.choose("early_stopping", Map.of("metric", "eval_loss", "patience", 2)));

            Training.Outcome outcome = run.training.run();

            assertThat(outcome.end()).isEqualTo(Training.End.STOPPED_EARLY);
            double best = run.evaluations.stream()
                    .mapToDouble(metrics -> metrics.getOrDefault("eval_loss", Double.NaN))
                    .min()
                    .orElseThrow();
            assertThat(outcome.metrics().get("eval_loss")).isEqualTo(best);
        }
    }
}
