package io.graft.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.engine.data.Example.LabelledTokens;
import io.graft.engine.data.Example.TokenPair;
import io.graft.engine.data.Example.TokenSequence;
import io.graft.engine.methods.objective.ContrastiveLearning;
import io.graft.engine.methods.objective.LabelPrediction;
import io.graft.engine.methods.objective.LanguageModeling;
import io.graft.engine.models.CausalLm;
import io.graft.engine.models.Model;
import io.graft.engine.models.ModelFamilies;
import io.graft.engine.models.SequenceClassifier;
import io.graft.engine.models.TextEncoder;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import io.graft.engine.training.task.NextTokens;
import io.graft.engine.training.task.RowOutcome;
import io.graft.engine.training.task.TextLabels;
import io.graft.engine.training.task.TextPairs;
import io.graft.engine.training.task.TrainingTask;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured row by row adds up to what is measured at once. */
final class RowOutcomesTest {
    private static final int ROWS = 7;
    private static final int BATCH = 3;
    private static final String SIZES = """
            "vocab_size": 32, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
            "num_attention_heads": 2, "max_position_embeddings": 32""";

    private final Torch torch = Torch.open(TorchSettings.threads(1).withSeed(11));

    @AfterEach
    void close() {
        torch.close();
    }

    @Test
    void ofNextTokens() {
        CausalLm model = (CausalLm) model("llama", "LlamaForCausalLM");
        List<TokenSequence> rows = IntStream.range(0, ROWS)
                .mapToObj(i -> new TokenSequence(tokens(i), i == 2 ? nothingLearnt(i) : tokens(i)))
                .toList();
        TrainingTask task = new NextTokens(torch, model, new LanguageModeling(0, 0, false), List.of(), rows, 0, BATCH);

        List<RowOutcome.Predicted> outcomes = outcomes(task, RowOutcome.Predicted.class);

        long tokens = outcomes.stream().mapToLong(RowOutcome.Predicted::targets).sum();
        assertThat(outcomes.get(2)).isEqualTo(new RowOutcome.Predicted(2, 0, 0));
        assertThat(task.evaluate(() -> false))
                .containsEntry("tokens", (double) tokens)
                .hasEntrySatisfying(
                        "loss", loss -> assertThat(sum(outcomes) / tokens).isCloseTo(loss, within(1e-5)));
    }

    @Test
    void ofLabels() {
        SequenceClassifier model = (SequenceClassifier) model("bert", "BertForSequenceClassification");
        List<LabelledTokens> rows = IntStream.range(0, ROWS)
                .mapToObj(i -> new LabelledTokens(tokens(i), null, i % 2))
                .toList();
        TrainingTask task = new TextLabels(
                torch, model, new LabelPrediction("classification", false, 0), List.of(), rows, 0, BATCH);

        List<RowOutcome.Labelled> outcomes = outcomes(task, RowOutcome.Labelled.class);

        assertThat(outcomes).allSatisfy(one -> {
            assertThat(one.label()).isEqualTo(one.row() % 2);
            assertThat(Arrays.stream(one.probabilities()).sum()).isCloseTo(1, within(1e-12));
            assertThat(one.loss()).isCloseTo(-Math.log(one.probabilities()[one.label()]), within(1e-12));
        });
        double right = outcomes.stream().filter(RowOutcome.Labelled::isRight).count();
        assertThat(task.evaluate(() -> false))
                .containsEntry("accuracy", right / ROWS)
                .hasEntrySatisfying(
                        "loss", loss -> assertThat(sum(outcomes) / ROWS).isCloseTo(loss, within(1e-6)));
    }

    @Test
    void ofPairsWithoutTheOneThatIsAlone() {
        TextEncoder model = (TextEncoder) model("bert", "BertModel");
        List<TokenPair> rows = IntStream.range(0, ROWS)
                .mapToObj(i -> new TokenPair(tokens(i), tokens(i + 1), null))
                .toList();
        TrainingTask task = new TextPairs(
                torch,
                model,
                TextEncoder.Pooling.MEAN,
                new ContrastiveLearning(0.05, false),
                List.of(),
                rows,
                0,
                BATCH);

        List<RowOutcome.Matched> outcomes = outcomes(task, RowOutcome.Matched.class);

        double right = outcomes.stream().filter(RowOutcome.Matched::isRight).count();
        assertThat(outcomes).hasSize(ROWS - 1);
        assertThat(task.evaluate(() -> false))
                .containsEntry("accuracy", right / (ROWS - 1))
                .hasEntrySatisfying(
                        "loss", loss -> assertThat(sum(outcomes) / (ROWS - 1)).isCloseTo(loss, within(1e-5)));
    }

    private Model model(String type, String architecture) {
        return ModelFamilies.load()
                .create(
                        torch.root(),
                        ModelFamilies.parse(
                                "tiny",
                                "{\"model_type\": \"%s\", \"architectures\": [\"%s\"], %s}"
                                        .formatted(type, architecture, SIZES)));
    }

    /** Rows of different lengths, so that their order in batches is another one than theirs. */
    private static int[] tokens(int row) {
        return IntStream.range(0, 4 + row * 3 % 7)
                .map(i -> 1 + (row * 5 + i * 7) % 31)
                .toArray();
    }

    private static int[] nothingLearnt(int row) {
        int[] labels = tokens(row);
        Arrays.fill(labels, -100);
        return labels;
    }

    private static <R extends RowOutcome> List<R> outcomes(TrainingTask task, Class<R> kind) {
        task.training(false);
        List<R> outcomes = task.outcomes(() -> false).stream().map(kind::cast).toList();
        assertThat(outcomes).extracting(RowOutcome::row).isSorted();
        return outcomes;
    }

    private static double sum(List<? extends RowOutcome> outcomes) {
        return outcomes.stream().mapToDouble(RowOutcome::loss).sum();
    }
}
