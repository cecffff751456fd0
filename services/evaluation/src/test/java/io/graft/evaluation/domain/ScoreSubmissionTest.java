package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.TENANT;
import static io.graft.evaluation.domain.Calls.call;
import static io.graft.evaluation.domain.Calls.fields;
import static io.graft.evaluation.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.InvalidProtocolBufferException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.AssignmentInput;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetSchema;
import io.graft.v1.GateRule;
import io.graft.v1.Job;
import io.graft.v1.ScoreSpec;
import io.graft.v1.ScoringKind;
import io.graft.v1.SubmitScoringRequest;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScoreSubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @BeforeEach
    void predictionsAreThere() {
        known.putDataset(KnownVersions.reviews()
                .setName(KnownVersions.datasetName("scans"))
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("ocr", ColumnType.COLUMN_TYPE_TEXT)
                                .setOptional(true))
                        .addColumns(KnownVersions.column("old", ColumnType.COLUMN_TYPE_TEXT))
                        .addColumns(KnownVersions.column("truth", ColumnType.COLUMN_TYPE_TEXT))
                        .addColumns(KnownVersions.column("gap", ColumnType.COLUMN_TYPE_TEXT)
                                .setOptional(true))
                        .addColumns(KnownVersions.column("mask", ColumnType.COLUMN_TYPE_LIST))
                        .addColumns(KnownVersions.column("truth_mask", ColumnType.COLUMN_TYPE_LIST))));
    }

    @Test
    void storesAJobThatReadsRowsOnly() throws InvalidProtocolBufferException {
        Job job = submit(spec -> spec.setBaseline("old").setGate(GateRule.newBuilder()));

        assertThat(job.getName()).matches("tenants/default/jobs/score-[0-9a-f-]{36}");
        assertThat(job.getSpec().unpack(ScoreSpec.class).getGate())
                .isEqualTo(GateRule.newBuilder()
                        .setMetric("cer")
                        .setAlpha(0.05)
                        .setMinEffect(0)
                        .build());
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("data");
        assertThat(job.getEstimate().getMemoryBytes()).isGreaterThan(384L << 20);
        assertThat(job.getEstimate().getArithmeticList()).hasSize(3);
    }

    @Test
    void fillsInWhichPixelsAreLeftOut() throws InvalidProtocolBufferException {
        Job job = submit(spec -> spec.setKind(ScoringKind.SCORING_KIND_SEGMENTATION)
                .setPrediction("mask")
                .setReferences(0, "truth_mask"));

        assertThat(job.getSpec().unpack(ScoreSpec.class).getIgnoreIndex()).isEqualTo(255);
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refusal(() -> submissions.score(
                TENANT,
                SubmitScoringRequest.newBuilder().setParent(TENANT.toString()).build(),
                call("", "hash", false)));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder("spec.dataset", "spec.prediction", "spec.references", "spec.kind");
        assertThat(fields(refused(spec -> spec.setBaseline("ocr")
                        .addReferences("old")
                        .setIgnoreIndex(0)
                        .setMaxRows(-1)
                        .getGateBuilder()
                        .setMetric("bleu"))))
                .containsExactlyInAnyOrder(
                        "spec.baseline", "spec.references", "spec.ignore_index", "spec.max_rows", "spec.gate.metric");
        assertThat(fields(refused(spec -> spec.getGateBuilder().setMetric("cer"))))
                .containsExactly("spec.gate");
    }

    @Test
    void aGateNamesWhatItCouldCompare() {
        GraftException refused = refused(spec -> spec.setBaseline("old")
                .setKind(ScoringKind.SCORING_KIND_TRANSLATION)
                .getGateBuilder()
                .setMetric("cer"));

        assertThat(refused.violations().getFirst().description()).contains("name bleu or chrf or ter");
    }

    @Test
    void refusesColumnsThatDoNotFit() {
        assertThat(fields(refused(
                        spec -> spec.setPrediction("none").setBaseline("mask").setReferences(0, "gap"))))
                .containsExactlyInAnyOrder("spec.prediction", "spec.baseline", "spec.references[0]");
        assertThat(fields(refused(spec ->
                        spec.setKind(ScoringKind.SCORING_KIND_SEGMENTATION).setPrediction("old"))))
                .containsExactlyInAnyOrder("spec.prediction", "spec.references[0]");
        assertThat(fields(refused(spec -> spec.setKind(ScoringKind.SCORING_KIND_LABEL))))
                .as("a row without a label is no answer")
                .containsExactly("spec.prediction");
        assertThat(fields(refused(spec -> spec.setSplit("dev")))).containsExactly("spec.split");
        assertThatCode(() -> submit(
                        spec -> spec.setKind(ScoringKind.SCORING_KIND_ANSWER).addReferences("mask")))
                .as("lists of references")
                .doesNotThrowAnyException();
    }

    private static ScoreSpec.Builder spec() {
        return ScoreSpec.newBuilder()
                .setDataset(KnownVersions.datasetName("scans"))
                .setPrediction("ocr")
                .addReferences("truth")
                .setKind(ScoringKind.SCORING_KIND_TRANSCRIPTION);
    }

    private Job submit(Consumer<ScoreSpec.Builder> change) {
        ScoreSpec.Builder spec = spec();
        change.accept(spec);
        SubmitScoringRequest request = SubmitScoringRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.score(TENANT, request, call("", "hash", false));
    }

    private GraftException refused(Consumer<ScoreSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
