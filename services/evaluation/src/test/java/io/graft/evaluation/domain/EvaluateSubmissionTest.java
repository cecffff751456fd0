package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.TENANT;
import static io.graft.evaluation.domain.Calls.call;
import static io.graft.evaluation.domain.Calls.classification;
import static io.graft.evaluation.domain.Calls.fields;
import static io.graft.evaluation.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobPlan;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.Job;
import io.graft.v1.LineageEdge;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.SubmitEvaluationRequest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class EvaluateSubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void storesAJobThatMakesNoVersion() throws InvalidProtocolBufferException {
        Job job = submit(spec -> {});

        assertThat(job.getName()).matches("tenants/default/jobs/evaluate-[0-9a-f-]{36}");
        EvaluateSpec spec = job.getSpec().unpack(EvaluateSpec.class);
        assertThat(spec.getBatchSize()).isEqualTo(32);
        assertThat(spec.getMaxLength()).isEqualTo(64);
        assertThat(spec.getLongRows()).isEqualTo(LongRows.LONG_ROWS_REFUSE);
        assertThat(spec.getData().getClassesList()).containsExactly("negative", "positive");
        JobPlan plan = jobs.find(job.getName()).orElseThrow().plan();
        assertThat(plan.outputModel()).isEmpty();
        assertThat(plan.outputKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED);
        assertThat(plan.inputs()).extracting(AssignmentInput::getRole).containsExactly("version", "data");
    }

    @Test
    void measuresOnlyTheRowsKeptBack() {
        Job job = submit(spec ->
                spec.setBatchSize(1).getDataBuilder().getHoldoutBuilder().setFraction(0.25));

        assertThat(job.getEstimate().getArithmeticList()).anyMatch(line -> line.startsWith("time: 5 passes"));
        assertThat(job.getEstimate().getOutputBytes()).isBetween(1L << 18, 1L << 20);
    }

    @Test
    void readsTheBaseOfAnAdapter() {
        known.put(
                KnownVersions.sound("adapter")
                        .setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER)
                        .addParents(LineageEdge.newBuilder()
                                .setParent(KnownVersions.name("encoder"))
                                .setRole("base")),
                KnownVersions.encoderTensors());

        Job job = submit(spec -> spec.setVersion(KnownVersions.name("adapter")));

        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("version", "base", "data");
    }

    @Test
    void borrowsAHeadOfTheSameArchitectureOnly() {
        known.put(KnownVersions.encoder("tuned"), KnownVersions.encoderTensors());

        assertThat(submit(spec -> spec.setHead(KnownVersions.name("tuned"))).getInputsList())
                .contains(KnownVersions.name("tuned"));
        assertThat(fields(refused(spec -> spec.setHead(KnownVersions.name("decoder")))))
                .containsExactly("spec.head");
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused =
                refused(spec -> spec.clear().setBatchSize(-1).setMaxLength(-1).setLongRowsValue(9));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.version",
                        "spec.objective.name",
                        "spec.data.dataset",
                        "spec.batch_size",
                        "spec.max_length",
                        "spec.long_rows");
    }

    @Test
    void refusesWhatDoesNotFitTheVersion() {
        assertThat(fields(refused(
                        spec -> spec.setObjective(MethodChoice.newBuilder().setName("causal_lm")))))
                .containsExactly("spec.version");
        assertThat(fields(refused(spec -> spec.setBase(KnownVersions.name("encoder")))))
                .containsExactly("spec.base");
        assertThat(fields(refused(spec -> spec.getDataBuilder().setSplit("dev"))))
                .containsExactly("spec.data.split");
        assertThat(fields(refused(
                        spec -> spec.getDataBuilder().getColumnsBuilder().setLabel("stars"))))
                .containsExactly("spec.data.columns.label");
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
