package io.graft.engine.safetensors.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.graft.engine.safetensors.Dtype;
import io.graft.engine.safetensors.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GraftPlanTest {
    private static final TensorSpec WEIGHT = spec("layer.weight", Dtype.BF16, 4, 4);
    private static final TensorSpec IDS = spec("position_ids", Dtype.I64, 1, 8);

    @Test
    void equalListingsAreGraftedAndIntegersCopied() {
        List<TensorSpec> listing = List.of(WEIGHT, IDS);
        GraftPlan plan = GraftPlan.check(listing, listing, listing, GraftRules.DEFAULT);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.tensors())
                .containsExactly(
                        new PlannedTensor(WEIGHT, TensorAction.GRAFTED, 16),
                        new PlannedTensor(IDS, TensorAction.COPIED_EQUAL, 0));
    }

    @Test
    void everyProblemIsReportedAtOnceWithBothShapes() {
        GraftPlan plan = GraftPlan.check(
                List.of(WEIGHT, spec("only.base", Dtype.F32, 1), spec("flags", Dtype.U8, 2)),
                List.of(WEIGHT, spec("flags", Dtype.U8, 2)),
                List.of(
                        spec("layer.weight", Dtype.BF16, 4, 5),
                        spec("only.target", Dtype.F32, 1),
                        spec("flags", Dtype.I8, 2)),
                GraftRules.DEFAULT);
        assertThat(plan.problems())
                .extracting(CompatibilityProblem::kind, CompatibilityProblem::tensor)
                .containsExactly(
                        tuple(ProblemKind.SHAPE_DIFFERS, "layer.weight"),
                        tuple(ProblemKind.MISSING_TENSOR, "only.target"),
                        tuple(ProblemKind.DTYPE_UNSUPPORTED, "flags"),
                        tuple(ProblemKind.MISSING_TENSOR, "only.base"));
        assertThat(plan.problems().getFirst().message())
                .contains("layer.weight", "source_base BF16 [4, 4]", "target_base BF16 [4, 5]");
        assertThat(plan.problems().getLast().sides()).containsEntry("target_base", "absent");
        assertThatThrownBy(plan::orThrow)
                .isInstanceOf(IncompatibleWeightsException.class)
                .hasMessageContaining("only.base")
                .hasMessageContaining("flags");
    }

    @Test
    void excludedTensorsAreCopiedWhateverTheirShape() {
        GraftRules rules = rules(List.of(), List.of("head.*"), VocabularyPolicy.REFUSE);
        GraftPlan plan = GraftPlan.check(
                List.of(WEIGHT, spec("head.weight", Dtype.F32, 2)),
                List.of(WEIGHT),
                List.of(WEIGHT, spec("head.weight", Dtype.F32, 3)),
                rules);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.tensors().getLast().action()).isEqualTo(TensorAction.COPIED_EXCLUDED);
    }

    @Test
    void patternsMatchTheWholeName() {
        TensorSelection selection = TensorSelection.of(List.of("layer\\..*"), List.of(".*bias"));
        assertThat(selection.selects("layer.0.weight")).isTrue();
        assertThat(selection.selects("model.layer.0.weight")).isFalse();
        assertThat(selection.selects("layer.0.bias")).isFalse();
    }

    @Test
    void badPatternsAreNamed() {
        assertThatThrownBy(() -> TensorSelection.of(List.of("("), List.of()))
                .isInstanceOf(TensorPatternException.class)
                .hasMessageContaining("'('");
        TensorSelection catastrophic = TensorSelection.of(List.of("(x+x+)+(y)\\2"), List.of());
        assertThatThrownBy(() -> catastrophic.selects("x".repeat(200)))
                .isInstanceOf(TensorPatternException.class)
                .hasMessageContaining("too many steps");
    }

    @Test
    void vocabularyPolicies() {
        List<TensorSpec> base = List.of(spec("embed_tokens.weight", Dtype.F32, 2, 3));
        List<TensorSpec> tuned = List.of(spec("embed_tokens.weight", Dtype.F32, 3, 3));
        List<TensorSpec> wider = List.of(spec("embed_tokens.weight", Dtype.F32, 4, 3));
        assertThat(kinds(GraftPlan.check(base, tuned, base, GraftRules.DEFAULT)))
                .containsExactly(ProblemKind.VOCABULARY_DIFFERS);
        GraftRules pad = rules(List.of(), List.of(), VocabularyPolicy.ZERO_PAD_SOURCE);
        assertThat(GraftPlan.check(base, tuned, base, pad).orThrow().tensors())
                .containsExactly(new PlannedTensor(tuned.getFirst(), TensorAction.PADDED, 9));
        assertThat(kinds(GraftPlan.check(tuned, base, base, pad))).containsExactly(ProblemKind.VOCABULARY_DIFFERS);
        assertThat(kinds(GraftPlan.check(base, tuned, wider, pad))).containsExactly(ProblemKind.VOCABULARY_DIFFERS);
        GraftRules common = rules(List.of(), List.of(), VocabularyPolicy.COMMON_ROWS);
        assertThat(GraftPlan.check(base, tuned, wider, common).orThrow().tensors())
                .containsExactly(new PlannedTensor(wider.getFirst(), TensorAction.COMMON_ROWS, 6));
    }

    @Test
    void onlyRowsOfVocabularyTensorsMayDiffer() {
        GraftRules common = rules(List.of(), List.of(), VocabularyPolicy.COMMON_ROWS);
        assertThat(kinds(GraftPlan.check(
                        List.of(spec("layer.weight", Dtype.F32, 2, 3)),
                        List.of(spec("layer.weight", Dtype.F32, 3, 3)),
                        List.of(spec("layer.weight", Dtype.F32, 2, 3)),
                        common)))
                .containsExactly(ProblemKind.SHAPE_DIFFERS);
        assertThat(kinds(GraftPlan.check(
                        List.of(spec("lm_head.weight", Dtype.F32, 2, 3)),
                        List.of(spec("lm_head.weight", Dtype.F32, 2, 4)),
                        List.of(spec("lm_head.weight", Dtype.F32, 2, 3)),
                        common)))
                .containsExactly(ProblemKind.SHAPE_DIFFERS);
    }

    @Test
    void adaptersAndEmptySelectionsAreRefused() {
        List<TensorSpec> adapter = List.of(spec("base.q.lora_A.weight", Dtype.F32, 2, 2));
        assertThat(kinds(GraftPlan.check(List.of(WEIGHT), adapter, List.of(WEIGHT), GraftRules.DEFAULT)))
                .contains(ProblemKind.ADAPTER);
        GraftRules nothing = rules(List.of("none"), List.of(), VocabularyPolicy.REFUSE);
        assertThat(kinds(GraftPlan.check(List.of(WEIGHT), List.of(WEIGHT), List.of(WEIGHT), nothing)))
                .containsExactly(ProblemKind.NOTHING_SELECTED);
    }

    @Test
    void aStoredDifferenceSaysWhatItLeftOut() {
        GraftPlan plan = GraftPlan.checkDifference(
                List.of(spec("layer.weight", Dtype.F64, 4, 4)),
                Set.of("position_ids", "extra"),
                List.of(WEIGHT, IDS, spec("extra", Dtype.F32, 1), spec("new", Dtype.F32, 1)),
                GraftRules.DEFAULT);
        assertThat(plan.tensors())
                .extracting(PlannedTensor::action)
                .containsExactly(TensorAction.GRAFTED, TensorAction.COPIED_EQUAL, TensorAction.COPIED_EXCLUDED);
        assertThat(plan.problems()).extracting(CompatibilityProblem::tensor).containsExactly("new");
    }

    private static List<ProblemKind> kinds(GraftPlan plan) {
        return plan.problems().stream().map(CompatibilityProblem::kind).toList();
    }

    private static GraftRules rules(List<String> include, List<String> exclude, VocabularyPolicy policy) {
        return new GraftRules(TensorSelection.of(include, exclude), policy, null);
    }

    private static TensorSpec spec(String name, Dtype dtype, long... shape) {
        return new TensorSpec(name, dtype, Arrays.stream(shape).boxed().toList());
    }
}
