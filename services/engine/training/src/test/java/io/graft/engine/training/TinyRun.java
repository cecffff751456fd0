package io.graft.engine.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.graft.engine.data.BatchOrder;
import io.graft.engine.data.Example.TokenSequence;
import io.graft.engine.methods.objective.LanguageModeling;
import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.methods.schedule.Horizon;
import io.graft.engine.methods.schedule.ScheduleMethod;
import io.graft.engine.methods.stopping.StoppingRule;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Parameter;
import io.graft.engine.training.task.NextTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A decoder of a few thousand parameters that learns a made-up language: each token follows from the one before, mostly. */
final class TinyRun {
    static final long STEPS = 12;
    private static final int VOCABULARY = 32;
    private static final int LENGTH = 16;

    final CausalLm model;
    final Training training;
    final List<Map<String, Double>> reports = new ArrayList<>();
    final List<Map<String, Double>> evaluations = new ArrayList<>();
    final List<Path> checkpoints = new ArrayList<>();

    /**
     * A run that has not begun.
     *
     * @param leaveAfter the listener asks to leave after so many steps; negative for never
     */
    TinyRun(
            Torch torch,
            Path scratch,
            String optimizerName,
            double rate,
            TrainingSettings settings,
            long leaveAfter,
            @Nullable StoppingRule rule) {
        torch.random().reseed(7);
        model = (CausalLm) ModelFamilies.load().create(torch.root(), config());
        Optimizer optimizer = OptimizerMethod.choose(
                optimizerName, Map.of("lr", rate), ParameterGroup.of(model.trainableParameters()), torch.root());
        Trained trained = new Trained(
                optimizer,
                ScheduleMethod.choose("cosine", Map.of("warmup_steps", 2), Horizon.ofSteps(rate, settings.steps())),
                List.of(),
                rule);
        List<TokenSequence> rows = language(40, 1);
        NextTokens task = new NextTokens(torch, model, new LanguageModeling(0, 0, false), rows, language(10, 2), 0, 4);
        training = new Training(
                torch,
                task,
                new ShuffledBatches(new BatchOrder(rows.size(), 4, 5)),
                trained,
                settings,
                new Heard(leaveAfter),
                scratch);
    }

    private static ObjectNode config() {
        return ModelFamilies.parse("tiny", """
                {"model_type": "llama", "vocab_size": %d, "hidden_size": 16, "intermediate_size": 32,
                 "num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 32,
                 "tie_word_embeddings": false, "architectures": ["LlamaForCausalLM"]}
                """.formatted(VOCABULARY));
    }

    private static List<TokenSequence> language(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<TokenSequence> made = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            int[] ids = new int[LENGTH];
            ids[0] = random.nextInt(VOCABULARY);
            for (int i = 1; i < LENGTH; i++) {
                ids[i] = random.nextInt(10) == 0 ? random.nextInt(VOCABULARY) : (ids[i - 1] * 5 + 3) % VOCABULARY;
            }
            made.add(new TokenSequence(ids, ids));
        }
        return made;
    }

    Map<String, float[]> weights() {
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters()) {
            weights.put(parameter.name(), parameter.value().detach().toFloats());
        }
        return weights;
    }

    private final class Heard implements TrainingListener {
        private final long leaveAfter;

        Heard(long leaveAfter) {
            this.leaveAfter = leaveAfter;
        }

        @Override
        public void progress(long step, Map<String, Double> metrics) {
            reports.add(metrics);
        }

        @Override
        public void evaluated(long step, Map<String, Double> metrics) {
            evaluations.add(metrics);
        }

        @Override
        public void checkpoint(long step, Path folder) throws IOException {
            checkpoints.add(folder);
        }

        @Override
        public boolean stopRequested() {
            return leaveAfter >= 0 && training.step() >= leaveAfter;
        }
    }
}
