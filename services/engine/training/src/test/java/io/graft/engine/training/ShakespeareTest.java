package io.graft.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.data.BatchOrder;
import io.graft.engine.data.Example.TokenSequence;
import io.graft.engine.methods.objective.LanguageModeling;
import io.graft.engine.methods.optimizer.Optimizer;
import io.graft.engine.methods.optimizer.OptimizerMethod;
import io.graft.engine.methods.optimizer.ParameterGroup;
import io.graft.engine.methods.schedule.Horizon;
import io.graft.engine.methods.schedule.ScheduleMethod;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.training.task.NextTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A decoder of 115,000 parameters learns to write Shakespeare letter by letter as well as PyTorch's does: the mean held-out
 * loss of three seeds is within 1 % of that of shakespeare_reference.py.
 */
final class ShakespeareTest {
    private static final int BLOCK = 65;
    private static final int TRAINED = 400_000;
    private static final int HELD = 100;
    private static final int BATCH = 16;
    private static final long STEPS = 300;
    private static final double RATE = 2e-3;

    @TempDir
    Path scratch = Path.of("");

    @Test
    void reachesTheLossOfPyTorch() throws IOException {
        String text = text();
        int[] ids = ids(text);
        List<TokenSequence> rows = blocks(ids, 0, TRAINED / BLOCK);
        List<TokenSequence> held = blocks(ids, ids.length - HELD * BLOCK, HELD);
        int letters = (int) text.chars().distinct().count();
        List<Double> losses = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            losses.add(heldOutLoss(seed, letters, rows, held));
        }

        assertThat(mean(losses)).as("of %s", losses).isCloseTo(mean(reference()), withinPercentage(1));
    }

    private double heldOutLoss(long seed, int letters, List<TokenSequence> rows, List<TokenSequence> held)
            throws IOException {
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(seed))) {
            CausalLm model = (CausalLm)
                    ModelFamilies.load().create(torch.root(), ModelFamilies.parse("letters", """
                    {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": %d, "hidden_size": 64,
                     "intermediate_size": 192, "num_hidden_layers": 2, "num_attention_heads": 4,
                     "num_key_value_heads": 4, "max_position_embeddings": 128, "tie_word_embeddings": false}
                    """.formatted(letters)));
            Optimizer optimizer = OptimizerMethod.choose(
                    "adamw", Map.of("lr", RATE), ParameterGroup.of(model.trainableParameters()), torch.root());
            Trained trained = new Trained(
                    optimizer,
                    ScheduleMethod.choose("constant", Map.of(), Horizon.ofSteps(RATE, STEPS)),
                    List.of(),
                    null);
            Training training = new Training(
                    torch,
                    new NextTokens(torch, model, new LanguageModeling(0, 0, false), rows, held, 0, HELD),
                    new ShuffledBatches(new BatchOrder(rows.size(), BATCH, seed)),
                    trained,
                    new TrainingSettings(STEPS, 1, 1, 0, 0, STEPS),
                    new Silent(),
                    scratch.resolve(Long.toString(seed)));
            return training.run().metrics().getOrDefault("eval_loss", Double.NaN);
        }
    }

    private static String text() throws IOException {
        try (InputStream file = resource("/shakespeare.txt.gz");
                InputStream plain = new GZIPInputStream(file)) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Double> reference() throws IOException {
        try (InputStream file = resource("/shakespeare_reference.json")) {
            List<Double> losses = new ArrayList<>();
            for (JsonNode loss : new JsonMapper().readTree(file).path("held_out_losses")) {
                losses.add(loss.asDouble());
            }
            return losses;
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = ShakespeareTest.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("no resource " + name);
        }
        return stream;
    }

    /** Letters by their place in the sorted alphabet. */
    private static int[] ids(String text) {
        int[] alphabet = text.chars().distinct().sorted().toArray();
        return text.chars().map(letter -> Arrays.binarySearch(alphabet, letter)).toArray();
    }

    private static List<TokenSequence> blocks(int[] ids, int from, int count) {
        return IntStream.range(0, count)
                .mapToObj(block -> Arrays.copyOfRange(ids, from + block * BLOCK, from + (block + 1) * BLOCK))
                .map(block -> new TokenSequence(block, block))
                .toList();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Hears nothing and never asks to stop. */
    private static final class Silent implements TrainingListener {
        @Override
        public void progress(long step, Map<String, Double> metrics) {}

        @Override
        public void evaluated(long step, Map<String, Double> metrics) {}

        @Override
        public void checkpoint(long step, Path folder) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
