package io.graft.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, each for its own reason and with a cure. */
class RefusalTest {
    private static final SourceSamples SOURCE = SourceSamples.labelled(3, new int[] {0, 1, 2, 0});
    private static final SourceSamples UNLABELLED = SourceSamples.unlabelled(4);
    private static final HeldRows FOUR =
            HeldRows.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {1, 1}, new float[] {2, 0});
    private static final PruneOrder HALF = new PruneOrder(new Budget.Ratio(0.5), TieBreak.SOFT_PROB, 1);

    private static void refused(PruningProblem problem, String cure, ThrowingCallable pruning) {
        PruningException refusal = catchThrowableOfType(PruningException.class, pruning);
        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.problem()).isEqualTo(problem);
        assertThat(refusal).hasMessageContaining(cure);
    }

    private static Pruning prune(
            String method, Map<String, Object> params, SourceSamples source, Map<RowsOf, Rows> rows, PruneOrder order) {
        return PruningMethod.choose(method, params)
                .prune(new PruningInputs(source, TargetSplit.ofFirst(2), rows), order);
    }

    private static Map<RowsOf, Rows> targetLogits(float[]... rows) {
        return Map.of(RowsOf.TARGET_LOGITS, HeldRows.of(rows));
    }

    private static Map<RowsOf, Rows> features(HeldRows target) {
        return Map.of(RowsOf.SOURCE_FEATURES, FOUR, RowsOf.TARGET_FEATURES, target);
    }

    @Test
    void surrogateOfAnotherNumberOfClasses() {
        refused(
                PruningProblem.SURROGATE_CLASSES,
                "predicts 2 classes, but the source has 3",
                () -> prune(
                        "label_mapping", Map.of(), SOURCE, targetLogits(new float[] {1, 0}, new float[] {1, 0}), HALF));
        refused(
                PruningProblem.SURROGATE_CLASSES,
                "train it on this source",
                () -> prune(
                        "gradient_norm", Map.of("measure", "error"), SOURCE, Map.of(RowsOf.SOURCE_LOGITS, FOUR), HALF));
    }

    @Test
    void emptyTarget() {
        refused(PruningProblem.TARGET_EMPTY, "name a data set", () -> TargetSplit.ofFirst(0));
        PruningInputs none = new PruningInputs(SOURCE, null, Map.of(RowsOf.TARGET_LOGITS, HeldRows.none(3)));
        refused(
                PruningProblem.TARGET_EMPTY,
                "no target",
                () -> PruningMethod.choose("label_mapping", Map.of()).prune(none, HALF));
    }

    @Test
    void emptySource() {
        refused(PruningProblem.SOURCE_EMPTY, "nothing to prune", () -> SourceSamples.unlabelled(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"label_mapping", "moderate", "gradient_norm", "random"})
    void noLabels(String method) {
        Map<RowsOf, Rows> rows = Map.of(
                RowsOf.TARGET_LOGITS, HeldRows.of(new float[2], new float[2]),
                RowsOf.SOURCE_FEATURES, FOUR,
                RowsOf.SOURCE_LOGITS, FOUR);
        refused(PruningProblem.LABELS_MISSING, "labels", () -> prune(method, Map.of(), UNLABELLED, rows, HALF));
    }

    @Test
    void labelMeansWithoutLabels() {
        refused(
                PruningProblem.LABELS_MISSING,
                "prototypes kmeans",
                () -> prune(
                        "feature_mapping", Map.of("prototypes", "label_means"), UNLABELLED, features(twoRows()), HALF));
    }

    private static HeldRows twoRows() {
        return HeldRows.of(new float[] {1, 0}, new float[] {0, 1});
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void labelThatIsNoClass(int label) {
        refused(PruningProblem.LABEL_RANGE, "from 0 to 2", () -> SourceSamples.labelled(3, new int[] {0, label}));
    }

    @Test
    void noClassToKeep() {
        refused(PruningProblem.CLASSES_TO_KEEP, "keep at least one", () -> Budget.of(null, 0));
    }

    @Test
    void moreClassesThanThereAre() {
        PruneOrder four = new PruneOrder(new Budget.KeepClasses(4), TieBreak.CLASS_ID, 0);
        refused(
                PruningProblem.CLASSES_TO_KEEP,
                "only 3 classes",
                () -> prune("label_mapping", Map.of(), SOURCE, targetLogits(new float[3], new float[3]), four));
        refused(
                PruningProblem.CLASSES_TO_KEEP,
                "only 2 classes",
                () -> prune("feature_mapping", Map.of("clusters", 2), SOURCE, features(twoRows()), four));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 0.995, 1, Double.NaN})
    void ratioOutOfRange(double ratio) {
        refused(PruningProblem.RATIO_RANGE, "from 0 to 0.99", () -> Budget.of(ratio, null));
    }

    @Test
    void bothOrNeitherBudget() {
        refused(PruningProblem.BUDGET_CHOICE, "exclude each other", () -> Budget.of(0.5, 3));
        refused(PruningProblem.BUDGET_CHOICE, "neither", () -> Budget.of(null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"moderate", "gradient_norm"})
    void numberOfClassesForAMethodOfSamples(String method) {
        PruneOrder classes = new PruneOrder(new Budget.KeepClasses(2), TieBreak.CLASS_ID, 0);
        refused(
                PruningProblem.CLASSES_UNSUPPORTED,
                "give prune_ratio",
                () -> prune(method, Map.of(), SOURCE, Map.of(), classes));
    }

    @Test
    void numbersThatAreNotFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            refused(
                    PruningProblem.NOT_FINITE,
                    "row 1 of target features",
                    () -> prune(
                            "feature_mapping",
                            Map.of("clusters", 2),
                            SOURCE,
                            features(HeldRows.of(new float[2], new float[] {0, bad})),
                            HALF));
            refused(
                    PruningProblem.NOT_FINITE,
                    "row 0 of target logits",
                    () -> prune(
                            "label_mapping",
                            Map.of(),
                            SOURCE,
                            targetLogits(new float[] {0, bad, 0}, new float[3]),
                            HALF));
        }
    }

    @Test
    void rowsOfTheTestSplit() {
        BitSet used = new BitSet();
        used.set(0, 20);
        BitSet test = new BitSet();
        test.set(18, 30);
        refused(PruningProblem.LEAK, "2 rows of the target's test split", () -> new TargetSplit(used, test));
        refused(PruningProblem.LEAK, "18, 19; map the training split only", () -> new TargetSplit(used, test));
        test.clear(18, 20);
        assertThat(new TargetSplit(used, test).used().cardinality()).isEqualTo(20);
    }

    @Test
    void featuresOfAnotherWidth() {
        refused(
                PruningProblem.DIMENSION,
                "2 numbers, those of the target 3",
                () -> prune(
                        "feature_mapping",
                        Map.of("clusters", 2),
                        SOURCE,
                        features(HeldRows.of(new float[3], new float[3])),
                        HALF));
        refused(
                PruningProblem.DIMENSION,
                "row 1 of target features has 3 numbers",
                () -> prune(
                        "feature_mapping",
                        Map.of("clusters", 2),
                        SOURCE,
                        features(new HeldRows(2, List.of(new float[2], new float[3]))),
                        HALF));
    }

    @Test
    void anotherNumberOfRows() {
        refused(
                PruningProblem.ROW_COUNT,
                "3 rows of target logits for 2 samples",
                () -> prune(
                        "label_mapping",
                        Map.of(),
                        SOURCE,
                        targetLogits(new float[3], new float[3], new float[3]),
                        HALF));
    }

    @Test
    void rowsThatNobodyComputed() {
        refused(
                PruningProblem.ROWS_MISSING,
                "target logits",
                () -> prune("label_mapping", Map.of(), SOURCE, Map.of(), HALF));
    }

    @Test
    void moreClustersThanSamples() {
        refused(
                PruningProblem.CLUSTERS,
                "500 clusters for 4 samples",
                () -> prune("feature_mapping", Map.of(), SOURCE, features(twoRows()), HALF));
    }

    @Test
    void nothingLeft() {
        refused(
                PruningProblem.NOTHING_KEPT,
                "no sample would stay",
                () -> prune(
                        "label_mapping",
                        Map.of(),
                        SourceSamples.labelled(3, new int[] {1, 2}),
                        targetLogits(new float[] {9, 0, 0}, new float[] {9, 0, 0}),
                        new PruneOrder(new Budget.KeepClasses(1), TieBreak.CLASS_ID, 0)));
    }

    @Test
    void unknownMethodAndParameter() {
        assertThatThrownBy(() -> PruningMethod.choose("label_maping", Map.of()))
                .hasMessageContaining("label_mapping, moderate, random");
        assertThatThrownBy(() -> PruningMethod.choose("feature_mapping", Map.of("cluster", 3)))
                .hasMessageContaining("clusters");
    }
}
