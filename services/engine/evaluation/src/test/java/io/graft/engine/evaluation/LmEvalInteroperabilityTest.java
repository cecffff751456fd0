package io.graft.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that Graft wrote, evaluated by lm-evaluation-harness itself on the same tasks; run with
 * {@code -Dgraft.models=true}, see {@link LmEvalEnvironment}.
 */
@EnabledIfSystemProperty(named = "graft.models", matches = "true")
class LmEvalInteroperabilityTest {
    @TempDir
    Path folder;

    @Test
    void sameLogLikelihoodsAndMetrics() throws IOException, InterruptedException {
        LmEvalEnvironment.prepare();
        try (TinyLanguageModel llama = TinyLanguageModel.exportedTo(folder)) {
            JsonNode lmEval = new JsonMapper()
                    .readTree(LmEvalEnvironment.run(llama.folder().toString(), LmEvalTasks.FOLDER.toString()));
            for (LanguageTask task : LmEvalTasks.all().toList()) {
                TaskOutcome outcome = llama.evaluation(4).measure(task, LmEvalTasks.rows(task));

                LmEvalTasks.Deviation deviation = LmEvalTasks.compare(outcome, lmEval);

                System.out.println(task.name() + " " + deviation + " from " + lmEval.path("source"));
                assertThat(deviation.logLikelihood()).isLessThan(1e-4);
            }
        }
    }
}
