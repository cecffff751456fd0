package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.TENANT;
import static io.graft.evaluation.domain.Calls.call;
import static io.graft.evaluation.domain.Calls.classification;
import static io.graft.evaluation.domain.Calls.fields;
import static io.graft.evaluation.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.AssignmentInput;
import io.graft.v1.ColumnType;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.GateRule;
import io.graft.v1.GateSubset;
import io.graft.v1.Job;
import io.graft.v1.MethodChoice;
import io.graft.v1.SubmitEvaluationRequest;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GateSubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @BeforeEach
    void tunedVersionIsThere() {
        known.put(KnownVersions.encoder("tuned").setDigest("sha256:tuned"), KnownVersions.encoderTensors());
    }

    @Test
    void readsBothVersionsAndFillsTheRuleIn() throws InvalidProtocolBufferException {
        Job job = submit(GateSubmissionTest::againstTuned);

        EvaluateSpec spec = job.getSpec().unpack(EvaluateSpec.class);
        assertThat(spec.getAgainst().getVersion()).isEqualTo(KnownVersions.name("tuned"));
        assertThat(spec.getGate())
                .isEqualTo(GateRule.newBuilder()
                        .setMetric("accuracy")
                        .setAlpha(0.05)
                        .setMinEffect(0)
                        .build());
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("version", "against", "data");
    }

    @Test
    void keepsAConditionThatIsNamed() throws InvalidProtocolBufferException {
        Job job = submit(
                spec -> againstTuned(spec).getGateBuilder().setMetric("loss").setMaxRegression(0.03));

        GateRule rule = job.getSpec().unpack(EvaluateSpec.class).getGate();
        assertThat(rule.getMaxRegression()).isEqualTo(0.03);
        assertThat(rule.hasMinEffect()).isFalse();
    }

    @Test
    void estimatesBothModels() {
        Job one = submit(spec -> {});
        Job both = submit(GateSubmissionTest::againstTuned);

        assertThat(Durations.toSeconds(both.getEstimate().getTime()))
                .isEqualTo(2 * Durations.toSeconds(one.getEstimate().getTime()));
        assertThat(both.getEstimate().getDiskBytes())
                .isGreaterThan(one.getEstimate().getDiskBytes());
        assertThat(both.getEstimate().getArithmeticList())
                .anyMatch(line -> line.startsWith("against, memory:"))
                .anyMatch(line -> line.startsWith("against, time:"));
    }

    @Test
    void refusesAGateWithoutABaseline() {
        assertThat(fields(refused(spec -> spec.getGateBuilder().setMetric("accuracy"))))
                .containsExactly("spec.gate");
    }

    @Test
    void namesEveryBadFieldOfTheRuleAndTheBaseline() {
        GraftException refused = refused(spec -> {
            spec.getAgainstBuilder().setBase("no name").setHead("none");
            spec.getGateBuilder()
                    .setMetric("f2")
                    .setAlpha(0.5)
                    .setMinAbs(-1)
                    .setMaxRegression(Double.NaN)
                    .setMinEffect(-0.1);
        });

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.against.version",
                        "spec.against.base",
                        "spec.against.head",
                        "spec.gate.metric",
                        "spec.gate.alpha",
                        "spec.gate.min_abs",
                        "spec.gate.max_regression",
                        "spec.gate.min_effect");
    }

    @Test
    void refusesSharesAboveOneAndAnAlphaOfZero() {
        assertThat(fields(refused(spec -> againstTuned(spec)
                        .getGateBuilder()
                        .setAlpha(0)
                        .setMinAbs(90)
                        .setMaxRegression(3))))
                .containsExactlyInAnyOrder("spec.gate.alpha", "spec.gate.min_abs", "spec.gate.max_regression");
        assertThatCode(() -> submit(spec ->
                        againstTuned(spec).getGateBuilder().setMetric("loss").setMinAbs(9)))
                .doesNotThrowAnyException();
    }

    @Test
    void subsetsOfTheRowsGetNames() throws InvalidProtocolBufferException {
        Job job = submit(spec -> againstTuned(spec)
                .getGateBuilder()
                .addSubsets(subset("label", "negative"))
                .addSubsets(subset("label", "negative", "positive"))
                .addSubsets(subset("text", "any").setName("short")));

        assertThat(job.getSpec().unpack(EvaluateSpec.class).getGate().getSubsetsList())
                .extracting(GateSubset::getName)
                .containsExactly("label=negative", "label=negative,positive", "short");
    }

    @Test
    void refusesSubsetsThatMeanNothing() {
        assertThat(fields(refused(spec -> againstTuned(spec)
                        .getGateBuilder()
                        .addSubsets(subset("label"))
                        .addSubsets(subset("", "x", "x"))
                        .addSubsets(subset("label", "negative").setName("all rows"))
                        .addSubsets(subset("label", "positive"))
                        .addSubsets(subset("label", "positive")))))
                .containsExactlyInAnyOrder(
                        "spec.gate.subsets[0].values",
                        "spec.gate.subsets[1].column",
                        "spec.gate.subsets[1].values",
                        "spec.gate.subsets[2].name",
                        "spec.gate.subsets[4].name");
    }

    @Test
    void refusesSubsetsThatTheDataSetDoesNotHave() {
        known.putDataset(KnownVersions.reviews()
                .setSchema(KnownVersions.reviews().getSchema().toBuilder()
                        .addColumns(KnownVersions.column("stars", ColumnType.COLUMN_TYPE_DECIMAL))));
        GraftException refused = refused(spec -> againstTuned(spec)
                .getGateBuilder()
                .addSubsets(subset("language", "de"))
                .addSubsets(subset("stars", "4.5"))
                .addSubsets(subset("label", "mixed")));

        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.gate.subsets[0].column", "spec.gate.subsets[1].column", "spec.gate.subsets[2].values");
        assertThat(refused.violations())
                .extracting(FieldViolation::description)
                .anyMatch(text -> text.contains("it has text, label, stars"))
                .anyMatch(text -> text.contains("holds DECIMAL"))
                .anyMatch(
                        text -> text.contains("mixed, which no row has in 'label'; its values are negative, positive"));
    }

    private static GateSubset.Builder subset(String column, String... values) {
        return GateSubset.newBuilder().setColumn(column).addAllValues(List.of(values));
    }

    @Test
    void classesAreComparedByFurtherMetrics() {
        for (String metric : List.of("accuracy", "loss", "f1_macro", "brier")) {
            assertThatCode(() ->
                            submit(spec -> againstTuned(spec).getGateBuilder().setMetric(metric)))
                    .as(metric)
                    .doesNotThrowAnyException();
        }
        GraftException refused =
                refused(spec -> againstTuned(spec).getGateBuilder().setMetric("auc"));
        assertThat(refused.violations().getFirst().description())
                .contains("auc", "name accuracy or loss or f1_macro or brier");
        assertThat(fields(refused(spec -> againstTuned(spec)
                        .getGateBuilder()
                        .setMetric("f1_macro")
                        .setMinAbs(85))))
                .containsExactly("spec.gate.min_abs");
    }

    @Test
    void textsToContinueHaveNoAccuracy() {
        assertThat(fields(refused(spec -> againstTuned(
                                spec.setObjective(MethodChoice.newBuilder().setName("causal_lm")))
                        .getGateBuilder()
                        .setMetric("accuracy"))))
                .contains("spec.gate.metric");
    }

    @Test
    void aVersionIsComparedWithItselfOnlyUnderAnotherHead() {
        Consumer<EvaluateSpec.Builder> itself =
                spec -> spec.getAgainstBuilder().setVersion(KnownVersions.name("encoder"));

        assertThat(fields(refused(itself))).containsExactly("spec.against.version");
        assertThatCode(() ->
                        submit(itself.andThen(spec -> spec.getAgainstBuilder().setHead(KnownVersions.name("tuned")))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesABaselineThatCannotDoTheTask() {
        assertThat(fields(refused(spec -> spec.setVersion(KnownVersions.name("decoder"))
                        .setObjective(MethodChoice.newBuilder().setName("causal_lm"))
                        .getAgainstBuilder()
                        .setVersion(KnownVersions.name("encoder")))))
                .containsExactly("spec.against.version");
        assertThat(fields(
                        refused(spec -> againstTuned(spec).getAgainstBuilder().setBase(KnownVersions.name("encoder")))))
                .containsExactly("spec.against.base");
    }

    private static EvaluateSpec.Builder againstTuned(EvaluateSpec.Builder spec) {
        spec.getAgainstBuilder().setVersion(KnownVersions.name("tuned"));
        spec.getGateBuilder();
        return spec;
    }

    private Job submit(Consumer<EvaluateSpec.Builder> change) {
        EvaluateSpec.Builder spec = classification();
        change.accept(spec);
        SubmitEvaluationRequest request = SubmitEvaluationRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.evaluate(TENANT, request, call("", "hash", false));
    }

    private GraftException refused(Consumer<EvaluateSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
