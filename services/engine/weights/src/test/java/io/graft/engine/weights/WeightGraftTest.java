package io.graft.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.compatibility.GraftRules;
import io.graft.engine.safetensors.compatibility.IncompatibleWeightsException;
import io.graft.engine.safetensors.compatibility.TensorAction;
import io.graft.engine.safetensors.compatibility.TensorSelection;
import io.graft.engine.safetensors.compatibility.VocabularyPolicy;
import io.graft.engine.weights.diagnostics.TensorDiagnostics;
import io.graft.engine.weights.pipeline.EngineSettings;
import io.graft.engine.weights.pipeline.TransferCancelledException;
import io.graft.engine.weights.pipeline.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WeightGraftTest {
    /** More than two chunks, and no multiple of a block or of a vector. */
    private static final int LARGE = 600_007;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16", "F32", "F64"})
    void atStrengthZeroTheTargetComesBack(Dtype dtype) throws IOException {
        Path target = random(dtype, 3).in(temporary.resolve("target"));
        WeightGraft.run(
                request(threeModels(random(dtype, 1), random(dtype, 2)), target, 0, GraftRules.DEFAULT),
                TransferProgress.NONE);
        assertThat(withoutNegativeZeros(out())).isEqualTo(withoutNegativeZeros(target));
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "F16", "F32", "F64"})
    void anExactlyStoredDifferenceEqualsTheThreeModelForm(Dtype dtype) throws IOException {
        GraftSource.ThreeModels models = threeModels(random(dtype, 1), random(dtype, 2));
        Path target = random(dtype, 3).in(temporary.resolve("target"));
        GraftRules exact = new GraftRules(TensorSelection.ALL, VocabularyPolicy.REFUSE, Dtype.F64);
        Path diff = temporary.resolve("diff");
        DiffResult stored = DiffExtraction.run(
                new DiffRequest(
                        models.base(), models.tuned(), diff, exact, null, "sha256:given", EngineSettings.DEFAULT),
                TransferProgress.NONE);
        assertThat(stored.metadata().baseDigest()).startsWith("graft-content-v1:");
        assertThat(stored.metadata().tunedDigest()).isEqualTo("sha256:given");
        GraftResult direct = WeightGraft.run(request(models, target, 0.75, GraftRules.DEFAULT), TransferProgress.NONE);
        GraftResult indirect = WeightGraft.run(
                new GraftRequest(
                        new GraftSource.StoredDifference(diff),
                        target,
                        temporary.resolve("indirect"),
                        0.75,
                        GraftRules.DEFAULT,
                        EngineSettings.DEFAULT),
                TransferProgress.NONE);
        assertThat(indirect.files().getFirst().sha256())
                .isEqualTo(direct.files().getFirst().sha256());
        assertThat(indirect.diagnostics().overall().differenceNorm())
                .isEqualTo(direct.diagnostics().overall().differenceNorm());
        assertThat(indirect.diagnostics().overall().sourceNorm()).isNaN();
    }

    @Test
    void neitherFilesNorFiguresDependOnTheThreads() throws IOException {
        GraftSource models = threeModels(random(Dtype.BF16, 1), random(Dtype.BF16, 2));
        Path target = random(Dtype.BF16, 3).in(temporary.resolve("target"));
        GraftResult one = null;
        for (int threads : new int[] {1, 2, 7}) {
            GraftResult result = WeightGraft.run(
                    new GraftRequest(
                            models,
                            target,
                            temporary.resolve("out" + threads),
                            1,
                            GraftRules.DEFAULT,
                            EngineSettings.DEFAULT.withThreads(threads)),
                    TransferProgress.NONE);
            one = one == null ? result : one;
            assertThat(result.files().getFirst().sha256())
                    .isEqualTo(one.files().getFirst().sha256());
            assertThat(result.diagnostics().toJson())
                    .isEqualTo(one.diagnostics().toJson());
        }
    }

    @Test
    void figuresAgreeWithTheirDefinitions() throws IOException {
        GraftSource.ThreeModels models = threeModels(random(Dtype.F32, 1), random(Dtype.F32, 2));
        Path target = random(Dtype.F32, 3).in(temporary.resolve("target"));
        TensorDiagnostics figures = WeightGraft.run(
                        request(models, target, 1, GraftRules.DEFAULT), TransferProgress.NONE)
                .diagnostics()
                .tensors()
                .getFirst();
        double[] base = TestModel.values(models.base(), "w");
        double[] tuned = TestModel.values(models.tuned(), "w");
        double[] goal = TestModel.values(target, "w");
        double delta2 = 0;
        double base2 = 0;
        double gap2 = 0;
        double dot = 0;
        double largest = 0;
        int zeros = 0;
        int agree = 0;
        for (int i = 0; i < LARGE; i++) {
            double d = tuned[i] - base[i];
            double g = goal[i] - base[i];
            delta2 += d * d;
            base2 += base[i] * base[i];
            gap2 += g * g;
            dot += d * g;
            largest = Math.max(largest, Math.abs(d));
            zeros += d == 0 ? 1 : 0;
            agree += Math.signum(d) == Math.signum(g) ? 1 : 0;
        }
        assertThat(figures.elements()).isEqualTo(LARGE);
        assertNear(figures.differenceNorm(), Math.sqrt(delta2));
        assertNear(figures.sourceNorm(), Math.sqrt(base2));
        assertNear(figures.relativeNorm(), Math.sqrt(delta2 / base2));
        assertNear(figures.gapNorm(), Math.sqrt(gap2));
        assertNear(figures.cosine(), dot / Math.sqrt(delta2 * gap2));
        assertThat(figures.signAgreement()).isEqualTo((double) agree / LARGE);
        assertThat(figures.sparsity()).isEqualTo((double) zeros / LARGE);
        assertThat(figures.largestDifference()).isEqualTo(largest);
    }

    @Test
    void tensorsWithoutArithmeticMustBeEqualOrExcluded() throws IOException {
        TestModel base =
                new TestModel().with("w", Dtype.F32, 1, 2).withBytes("ids", Dtype.I8, List.of(2L), (byte) 1, (byte) 2);
        TestModel tuned =
                new TestModel().with("w", Dtype.F32, 2, 4).withBytes("ids", Dtype.I8, List.of(2L), (byte) 1, (byte) 3);
        TestModel goal =
                new TestModel().with("w", Dtype.F32, 5, 6).withBytes("ids", Dtype.I8, List.of(2L), (byte) 7, (byte) 8);
        Path target = goal.in(temporary.resolve("target"));
        GraftSource.ThreeModels differ = threeModels(base, tuned);
        assertThatThrownBy(() -> WeightGraft.run(request(differ, target, 1, GraftRules.DEFAULT), TransferProgress.NONE))
                .isInstanceOf(IncompatibleWeightsException.class)
                .hasMessageContaining("'ids'");
        assertThatThrownBy(() -> DiffExtraction.run(
                        DiffRequest.of(differ.base(), differ.tuned(), temporary.resolve("diff")),
                        TransferProgress.NONE))
                .isInstanceOf(IncompatibleWeightsException.class);
        assertThat(out()).isEmptyDirectory();
        GraftRules excluding =
                new GraftRules(TensorSelection.of(List.of(), List.of("ids")), VocabularyPolicy.REFUSE, null);
        GraftResult result = WeightGraft.run(request(differ, target, 1, excluding), TransferProgress.NONE);
        assertThat(result.diagnostics().actions())
                .containsEntry(TensorAction.GRAFTED, 1)
                .containsEntry(TensorAction.COPIED_EXCLUDED, 1);
        assertThat(TestModel.values(out(), "w")).containsExactly(6, 8);
    }

    @Test
    void aModelForATaskFitsTheModelBelowIt() throws IOException {
        TestModel base = new TestModel().with("layer.w", Dtype.F32, 1, 2);
        TestModel tuned = new TestModel().with("bert.layer.w", Dtype.F32, 2, 4).with("classifier.w", Dtype.F32, 7);
        Path target = new TestModel().with("layer.w", Dtype.F32, 10, 20).in(temporary.resolve("target"));
        GraftSource.ThreeModels models = threeModels(base, tuned);
        GraftRules body = new GraftRules(
                TensorSelection.of(List.of(), List.of("classifier\\..*")), VocabularyPolicy.REFUSE, Dtype.F32);

        WeightGraft.run(request(models, target, 1, body), TransferProgress.NONE);
        Path stored = temporary.resolve("diff");
        DiffExtraction.run(
                new DiffRequest(models.base(), models.tuned(), stored, body, null, null, EngineSettings.DEFAULT),
                TransferProgress.NONE);

        assertThat(TestModel.values(out(), "layer.w")).containsExactly(11, 22);
        assertThat(TestModel.values(stored, "layer.w")).containsExactly(1, 2);
        assertThatThrownBy(() -> WeightGraft.run(request(models, target, 1, GraftRules.DEFAULT), TransferProgress.NONE))
                .isInstanceOf(IncompatibleWeightsException.class)
                .hasMessageContaining("classifier.w");
    }

    @Test
    void furtherRowsOfTheTargetStay() throws IOException {
        String name = "lm_head.weight";
        TestModel base = new TestModel().with(name, Dtype.F32, List.of(2L, 2L), 1, 1, 1, 1);
        TestModel tuned = new TestModel().with(name, Dtype.F32, List.of(1L, 2L), 2, 3);
        Path target = new TestModel()
                .with(name, Dtype.F32, List.of(3L, 2L), 10, 20, 30, 40, 50, 60)
                .in(temporary.resolve("target"));
        GraftRules rules = new GraftRules(TensorSelection.ALL, VocabularyPolicy.COMMON_ROWS, Dtype.BF16);
        WeightGraft.run(request(threeModels(base, tuned), target, 1, rules), TransferProgress.NONE);
        assertThat(TestModel.values(out(), name)).containsExactly(11, 22, 30, 40, 50, 60);
    }

    @Test
    void nonFiniteInputsAreCountedAndNothingIsLeft() throws IOException {
        double nan = Double.NaN;
        double infinity = Double.POSITIVE_INFINITY;
        TestModel base = new TestModel().with("v", Dtype.BF16, 1, 2, 3).with("w", Dtype.BF16, 1, nan, nan);
        TestModel tuned = new TestModel().with("v", Dtype.BF16, 1, 2, 3).with("w", Dtype.BF16, 1, 2, 3);
        Path target = new TestModel()
                .with("v", Dtype.BF16, infinity, 2, 3)
                .with("w", Dtype.BF16, 1, 2, 3)
                .in(temporary.resolve("target"));
        NonFiniteWeightsException refusal = catchThrowableOfType(
                NonFiniteWeightsException.class,
                () -> WeightGraft.run(
                        request(threeModels(base, tuned), target, 1, GraftRules.DEFAULT), TransferProgress.NONE));
        assertThat(refusal.findings())
                .containsExactly(
                        new NonFiniteWeightsException.Finding("v", "output", 1),
                        new NonFiniteWeightsException.Finding("v", "target_base", 1),
                        new NonFiniteWeightsException.Finding("w", "output", 2),
                        new NonFiniteWeightsException.Finding("w", "source_base", 2));
        assertThat(refusal).hasMessageContaining("tensor 'w' has 2 non-finite values in source_base");
        assertThat(out()).isEmptyDirectory();
    }

    @Test
    void overflowOfTheOutputIsRefused() {
        TestModel base = new TestModel().with("w", Dtype.F16, 0, 0, 0);
        TestModel tuned = new TestModel().with("w", Dtype.F16, 15, 16, 60_000);
        Path target =
                new TestModel().with("w", Dtype.F16, 65_504, 65_504, 60_000).in(temporary.resolve("target"));
        NonFiniteWeightsException refusal = catchThrowableOfType(
                NonFiniteWeightsException.class,
                () -> WeightGraft.run(
                        request(threeModels(base, tuned), target, 1, GraftRules.DEFAULT), TransferProgress.NONE));
        assertThat(refusal.findings()).containsExactly(new NonFiniteWeightsException.Finding("w", "output", 2));
    }

    @Test
    void progressReachesTheTotalAndCanCancel() throws IOException {
        GraftSource models = threeModels(random(Dtype.BF16, 1), random(Dtype.BF16, 2));
        Path target = random(Dtype.BF16, 3).in(temporary.resolve("target"));
        assertThatThrownBy(() ->
                        WeightGraft.run(request(models, target, 1, GraftRules.DEFAULT), new TransferProgress() {
                            @Override
                            public void advanced(long done, long total) {}

                            @Override
                            public boolean isCancelled() {
                                return true;
                            }
                        }))
                .isInstanceOf(TransferCancelledException.class);
        assertThat(out()).isEmptyDirectory();
        AtomicLong most = new AtomicLong();
        WeightGraft.run(request(models, target, 1, GraftRules.DEFAULT), (done, total) -> {
            assertThat(total).isEqualTo(2L * LARGE);
            most.accumulateAndGet(done, Math::max);
        });
        assertThat(most).hasValue(2L * LARGE);
    }

    @Test
    void existingWeightsAreNeverOverwritten() throws IOException {
        TestModel model = new TestModel().with("w", Dtype.F32, 1);
        Path target = model.in(temporary.resolve("target"));
        model.in(out());
        byte[] before = Files.readAllBytes(out().resolve("model.safetensors"));
        assertThatThrownBy(() -> WeightGraft.run(
                        request(threeModels(model, model), target, 5, GraftRules.DEFAULT), TransferProgress.NONE))
                .isInstanceOf(OutputExistsException.class);
        assertThat(out().resolve("model.safetensors")).hasBinaryContent(before);
    }

    @Test
    void equalModelsAreReportedAsAZeroDifference() throws IOException {
        TestModel model = new TestModel().with("w", Dtype.F32, 1, 2);
        Path target = new TestModel().with("w", Dtype.F32, 3, 4).in(temporary.resolve("target"));
        GraftResult result = WeightGraft.run(
                request(threeModels(model, model), target, 1, GraftRules.DEFAULT), TransferProgress.NONE);
        assertThat(result.diagnostics().zeroDifference()).isTrue();
        assertThat(result.diagnostics().topMovers()).isEmpty();
        assertThat(result.diagnostics().toJson()).contains("\"zero_difference\" : true", "\"cosine\" : null");
    }

    @Test
    void plainWeightsAreNoDifference() {
        Path model = new TestModel().with("w", Dtype.F32, 1, 2).in(temporary.resolve("target"));
        assertThatThrownBy(() -> WeightGraft.run(
                        request(new GraftSource.StoredDifference(model), model, 1, GraftRules.DEFAULT),
                        TransferProgress.NONE))
                .isInstanceOf(NotADifferenceException.class);
    }

    /** Adding a zero turns -0 into 0; the two are equal as numbers. */
    private static double[] withoutNegativeZeros(Path model) {
        return Arrays.stream(TestModel.values(model, "w"))
                .map(value -> value + 0.0)
                .toArray();
    }

    private static void assertNear(double actual, double expected) {
        assertThat(actual / expected).isBetween(1 - 1e-12, 1 + 1e-12);
    }

    private Path out() {
        return temporary.resolve("out");
    }

    private GraftSource.ThreeModels threeModels(TestModel base, TestModel tuned) {
        return new GraftSource.ThreeModels(base.in(temporary.resolve("base")), tuned.in(temporary.resolve("tuned")));
    }

    private GraftRequest request(GraftSource source, Path target, double lambda, GraftRules rules) {
        return new GraftRequest(source, target, out(), lambda, rules, EngineSettings.DEFAULT.withThreads(2));
    }

    /** Values of few bits, so that equal neighbours and exact zeros in the difference occur. */
    private static TestModel random(Dtype dtype, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = random.doubles(LARGE)
                .map(value -> Math.rint(value * 64 - 32) / 8)
                .toArray();
        for (int i = 0; i < LARGE; i += 3) {
            values[i] += random.nextDouble();
        }
        return new TestModel().with("w", dtype, values);
    }
}
