package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.Assignment;
import io.graft.v1.AssignmentInput;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.DataColumns;
import io.graft.v1.EmbeddingNeighbours;
import io.graft.v1.EmbeddingProbe;
import io.graft.v1.EmbeddingRetrieval;
import io.graft.v1.EmbeddingSimilarity;
import io.graft.v1.EmbeddingTask;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.GateDecision;
import io.graft.v1.GateRule;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.NewModel;
import io.graft.v1.NewTokenizer;
import io.graft.v1.TrainSpec;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder that has learnt which words belong together is told from one that has not, by what its vectors are worth. */
final class EmbeddingWorkerTest {
    private static final Lab LAB = Lab.get();
    private static final String ENCODER = """
            {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": 300, "hidden_size": 16,
             "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
             "max_position_embeddings": 32, "hidden_dropout_prob": 0, "attention_probs_dropout_prob": 0}
            """;
    private static final List<String> ENGLISH =
            List.of(("apple bridge candle doctor engine feather garden hammer island jacket "
                            + "kettle ladder mirror needle orange pencil queen river spoon tower")
                    .split(" "));
    private static final List<String> GERMAN = List.of(("Apfel Steg Kerze Arzt Motor Feder Park Beil Insel Rock "
                    + "Kessel Leiter Spiegel Nadel Orange Stift Dame Fluss Gabel Turm")
            .split(" "));

    @TempDir
    Path folder;

    private AssignmentInput data = AssignmentInput.getDefaultInstance();

    @BeforeEach
    void writeRows() throws IOException {
        StringBuilder train = new StringBuilder();
        StringBuilder test = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            int word = i % ENGLISH.size();
            train.append(row(word, word, 1));
            test.append(i < ENGLISH.size() ? row(word, word, 1) : row(word, (word + i / 20) % ENGLISH.size(), 0));
        }
        Path rows = TrainingJobs.written(folder.resolve("rows"), "train.jsonl", train.toString());
        Files.writeString(rows.resolve("test.jsonl"), test.toString());
        data = LAB.version("data", rows);
    }

    private static String row(int word, int other, int score) {
        return "{\"text\": \"%s\", \"text_pair\": \"%s\", \"score\": %d, \"kind\": \"%s\"}\n"
                .formatted(ENGLISH.get(word), GERMAN.get(other), score, word % 2 == 0 ? "even" : "odd");
    }

    @Test
    void documentsAreFoundByTheEncoderThatHasLearnt() throws IOException {
        EvaluateSpec.Builder spec = evaluate(EmbeddingTask.newBuilder()
                        .setRetrieval(EmbeddingRetrieval.newBuilder().setK(1).setRelevance("score")))
                .setGate(GateRule.newBuilder().setMetric("mrr").setAlpha(0.05).setMinEffect(0.1));

        AttemptCommitted committed = measured(spec);

        Map<String, Double> metrics = committed.getMetricsMap();
        assertThat(metrics)
                .containsEntry("queries", 20.0)
                .containsEntry("documents", 20.0)
                .containsEntry("rows", 80.0)
                .containsKeys("ndcg_at_1", "baseline_ndcg_at_1", "baseline_recall_at_1");
        assertThat(metrics.get("recall_at_1"))
                .isEqualTo(metrics.get("ndcg_at_1"))
                .isGreaterThan(0.8);
        assertThat(metrics.get("baseline_mrr")).isLessThan(metrics.get("mrr"));
        assertThat(committed.getGate().getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(committed.getGate().getExamples()).isEqualTo(20);
    }

    @Test
    void cosinesFollowScores() throws IOException {
        EvaluateSpec.Builder spec = evaluate(EmbeddingTask.newBuilder()
                        .setSimilarity(EmbeddingSimilarity.newBuilder().setScore("score")))
                .setGate(GateRule.newBuilder()
                        .setMetric("spearman")
                        .setAlpha(0.05)
                        .setMinEffect(0));

        AttemptCommitted committed = measured(spec);

        Map<String, Double> metrics = committed.getMetricsMap();
        assertThat(metrics.get("spearman")).isGreaterThan(0.4);
        assertThat(metrics.get("pearson")).isGreaterThan(0.5);
        assertThat(committed.getGate().getDecision()).isEqualTo(GateDecision.GATE_DECISION_PASS);
        assertThat(committed.getGate().getExamples()).isEqualTo(80);
    }

    @Test
    void classesAreLearntFromFrozenVectors() throws IOException {
        AssignmentInput version = TrainingJobs.output("version", trained(1, 1e-9));
        for (EmbeddingTask.Builder task : List.of(
                EmbeddingTask.newBuilder().setProbe(EmbeddingProbe.newBuilder().setL2(1e-4)),
                EmbeddingTask.newBuilder()
                        .setNeighbours(EmbeddingNeighbours.newBuilder().setK(5).setTemperature(0.07)))) {
            EvaluateSpec.Builder spec = evaluate(task);
            spec.getDataBuilder()
                    .setSplit("train")
                    .addClasses("even")
                    .addClasses("odd")
                    .setColumns(DataColumns.newBuilder().setText("text").setLabel("kind"))
                    .getHoldoutBuilder()
                    .setSplit("test");

            Assignment done = done("evaluate", spec.build(), List.of(version, data));

            Map<String, Double> metrics = LAB.last(done).getCommitted().getMetricsMap();
            assertThat(metrics).containsEntry("rows", 80.0).containsKeys("f1_macro", "f1_micro");
            assertThat(metrics.get("accuracy"))
                    .as("the same words are learnt from")
                    .isGreaterThan(0.9);
            assertThat(metrics.containsKey("brier")).isEqualTo(task.hasProbe());
        }
    }

    private AttemptCommitted measured(EvaluateSpec.Builder spec) throws IOException {
        Assignment done = done(
                "evaluate",
                spec.build(),
                List.of(
                        TrainingJobs.output("version", trained(150, 5e-3)),
                        TrainingJobs.output("against", trained(1, 1e-9)),
                        data));
        return LAB.last(done).getCommitted();
    }

    private static EvaluateSpec.Builder evaluate(EmbeddingTask.Builder task) {
        return EvaluateSpec.newBuilder()
                .setVersion("tenants/default/models/version/versions/1")
                .setData(rows("test"))
                .setEmbedding(task)
                .setBatchSize(16)
                .setMaxLength(16)
                .setLongRows(LongRows.LONG_ROWS_REFUSE);
    }

    private static TrainingData.Builder rows(String split) {
        return TrainingData.newBuilder()
                .setSplit(split)
                .setColumns(DataColumns.newBuilder().setText("text").setTextPair("text_pair"));
    }

    private Assignment trained(long steps, double rate) throws IOException {
        TrainSpec.Builder spec = TrainingJobs.train("adamw", rate, steps)
                .setNewModel(NewModel.newBuilder()
                        .setConfig(config())
                        .setNewTokenizer(NewTokenizer.newBuilder().setVocabularySize(300)))
                .setData(rows("train"))
                .setObjective(MethodChoice.newBuilder().setName("contrastive"));
        spec.getLoopBuilder().setBatchSize(20).setCheckpointEverySteps(1000);
        return done("train", spec.build(), List.of(data));
    }

    private static Struct.Builder config() throws InvalidProtocolBufferException {
        Struct.Builder config = Struct.newBuilder();
        JsonFormat.parser().merge(ENCODER, config);
        return config;
    }

    private Assignment done(String kind, Message spec, List<AssignmentInput> inputs) throws IOException {
        Assignment assignment = LAB.assign(Lab.newJob(kind), 1, spec, inputs);
        assertThat(LAB.run(assignment, folder)).as(kind).isEqualTo(ExitCode.DONE);
        return assignment;
    }
}
