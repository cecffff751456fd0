package io.graft.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks against what lm-evaluation-harness once made of them; the run itself is {@link LmEvalInteroperabilityTest}. */
class LmEvalOracleTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.graft.engine.evaluation.LmEvalTasks#all")
    void task(LanguageTask task) throws IOException {
        try (TinyLanguageModel llama = TinyLanguageModel.exportedTo(folder)) {
            TaskOutcome outcome = llama.evaluation(4).measure(task, LmEvalTasks.rows(task));

            LmEvalTasks.Deviation deviation = LmEvalTasks.compare(
                    outcome,
                    new JsonMapper()
                            .readTree(Path.of("src/test/resources/lm_eval_results.json")
                                    .toFile()));

            assertThat(deviation.logLikelihood()).isLessThan(1e-4);
        }
    }
}
