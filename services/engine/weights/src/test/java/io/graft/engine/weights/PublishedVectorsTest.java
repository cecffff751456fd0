package io.graft.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.safetensors.compatibility.TensorAction;
import io.graft.engine.safetensors.compatibility.TensorSelection;
import io.graft.engine.safetensors.compatibility.VocabularyPolicy;
import io.graft.engine.weights.diagnostics.TensorDiagnostics;
import io.graft.engine.weights.pipeline.EngineSettings;
import io.graft.engine.weights.pipeline.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference values for diff vectors in {@code diff_vector.json}, whose origin stands in the file. */
final class PublishedVectorsTest {
    private static final double TOLERANCE = 1e-6;

    @TempDir
    Path temporary;

    private JsonNode reference = new ObjectMapper().createObjectNode();
    private JsonNode cases = reference;

    @BeforeEach
    void load() throws IOException {
        reference = new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/diff_vector.json")));
        cases = reference.get("cases");
    }

    @Test
    void float32AtTwoStrengths() throws IOException {
        assertClose(graft(Dtype.F32, 1.0), "m_t+diff (lambda=1,f32)");
        assertClose(graft(Dtype.F32, 0.5), "m_t+0.5*diff");
    }

    @Test
    void bfloat16WithOneRounding() throws IOException {
        assertClose(graft(Dtype.BF16, 1.0), "bf16 checkpoints, f64 arithmetic, one rounding at the end");
    }

    @Test
    void casesWhereNaiveBfloat16ArithmeticIsWrong() throws IOException {
        int number = 0;
        for (JsonNode one : reference.get("bf16_cases_where_f64_and_naive_differ")) {
            number++;
            Path folder = temporary.resolve("case" + number);
            double[] grafted = graft(
                    folder,
                    new TestModel().with("w", Dtype.BF16, one.get("m_s").asDouble()),
                    new TestModel().with("w", Dtype.BF16, one.get("m_s'").asDouble()),
                    new TestModel().with("w", Dtype.BF16, one.get("m_t").asDouble()));
            assertThat(grafted).containsExactly(one.get("f64_then_round").asDouble());
        }
        assertThat(number).isEqualTo(6);
    }

    @Test
    void differenceAndItsNorms() throws IOException {
        DiffResult result = DiffExtraction.run(
                DiffRequest.of(model("m_s", Dtype.F32), model("m_s'", Dtype.F32), temporary.resolve("diff")),
                TransferProgress.NONE);
        assertThat(TestModel.values(temporary.resolve("diff"), "w"))
                .containsExactly(numbers("diff"), within(TOLERANCE));
        TensorDiagnostics figures = result.diagnostics().tensors().getFirst();
        assertThat(figures.differenceNorm()).isCloseTo(cases.get("||diff||_F").asDouble(), within(TOLERANCE));
        assertThat(figures.relativeNorm())
                .isCloseTo(cases.get("relative norm ||diff||/||m_s||").asDouble(), within(TOLERANCE));
    }

    @Test
    void addedTokenRowsBecomeTheFineTunedOnes() throws IOException {
        Path folder = temporary.resolve("vocabulary");
        JsonNode inputs = cases.get("inputs");
        GraftRules rules = new GraftRules(TensorSelection.ALL, VocabularyPolicy.ZERO_PAD_SOURCE, null);
        GraftResult result = WeightGraft.run(
                new GraftRequest(
                        new GraftSource.ThreeModels(
                                embedding(inputs.get("emb_s"), 2).in(folder.resolve("base")),
                                embedding(inputs.get("emb_s'(+1 token)"), 3).in(folder.resolve("tuned"))),
                        embedding(inputs.get("emb_t"), 2).in(folder.resolve("target")),
                        folder.resolve("out"),
                        1.0,
                        rules,
                        EngineSettings.DEFAULT),
                TransferProgress.NONE);
        assertThat(TestModel.values(folder.resolve("out"), "embed_tokens.weight"))
                .containsExactly(
                        numbers("embedding with one added token (zero-pad m_s and m_t rows)"), within(TOLERANCE));
        assertThat(result.diagnostics().actions()).containsOnlyKeys(TensorAction.PADDED);
    }

    private static TestModel embedding(JsonNode rows, long count) {
        return new TestModel().with("embed_tokens.weight", Dtype.F32, List.of(count, 3L), flat(rows));
    }

    private double[] graft(Dtype dtype, double lambda) throws IOException {
        Path out = temporary.resolve("out-" + dtype + lambda);
        GraftSource source = new GraftSource.ThreeModels(model("m_s", dtype), model("m_s'", dtype));
        GraftRequest request =
                new GraftRequest(source, model("m_t", dtype), out, lambda, GraftRules.DEFAULT, EngineSettings.DEFAULT);
        WeightGraft.run(request, TransferProgress.NONE);
        return TestModel.values(out, "w");
    }

    private static double[] graft(Path folder, TestModel base, TestModel tuned, TestModel target) throws IOException {
        GraftSource source =
                new GraftSource.ThreeModels(base.in(folder.resolve("base")), tuned.in(folder.resolve("tuned")));
        WeightGraft.run(
                GraftRequest.of(source, target.in(folder.resolve("target")), folder.resolve("out")),
                TransferProgress.NONE);
        return TestModel.values(folder.resolve("out"), "w");
    }

    private Path model(String name, Dtype dtype) {
        double[] values = flat(cases.get("inputs").get(name));
        return new TestModel()
                .with("w", dtype, List.of(3L, 4L), values)
                .in(temporary.resolve(name.replace("'", "-tuned") + dtype));
    }

    private void assertClose(double[] actual, String expected) {
        assertThat(actual).containsExactly(numbers(expected), within(TOLERANCE));
    }

    private double[] numbers(String key) {
        return flat(cases.get(key));
    }

    private static double[] flat(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .flatMap(row -> StreamSupport.stream(row.spliterator(), false))
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
