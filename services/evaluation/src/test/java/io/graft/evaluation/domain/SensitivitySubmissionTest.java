package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.TENANT;
import static io.graft.evaluation.domain.Calls.call;
import static io.graft.evaluation.domain.Calls.fields;
import static io.graft.evaluation.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobPlan;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Job;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.RateSweep;
import io.graft.v1.SensitivitySpec;
import io.graft.v1.SubmitSensitivityRequest;
import io.graft.v1.TrainingData;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SensitivitySubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void storesAJobWithItsDefaults() throws InvalidProtocolBufferException {
        Job job = submit(spec -> {});

        assertThat(job.getName()).matches("tenants/default/jobs/sensitivity-[0-9a-f-]{36}");
        SensitivitySpec spec = job.getSpec().unpack(SensitivitySpec.class);
        assertThat(spec.getHessianRows()).isEqualTo(256);
        assertThat(spec.getMaxIterations()).isEqualTo(100);
        assertThat(spec.getBatchSize()).isEqualTo(32);
        assertThat(spec.getMaxLength()).isEqualTo(64);
        assertThat(spec.getLongRows()).isEqualTo(LongRows.LONG_ROWS_REFUSE);
        RateSweep sweep = spec.getSweep();
        assertThat(sweep.getMinRate()).isEqualTo(3e-4);
        assertThat(sweep.getMaxRate()).isEqualTo(0.3);
        assertThat(sweep.getPoints()).isEqualTo(7);
        assertThat(sweep.getSteps()).isEqualTo(50);
        assertThat(sweep.getMaxGradNorm()).isEqualTo(1);
        assertThat(sweep.getOptimizer().getName()).isEqualTo("adamw");
        assertThat(sweep.getOptimizer().getParams().getFieldsMap())
                .containsKey("weight_decay")
                .doesNotContainKey("lr");
        JobPlan plan = jobs.find(job.getName()).orElseThrow().plan();
        assertThat(plan.outputModel()).isEmpty();
        assertThat(plan.inputs()).extracting(AssignmentInput::getRole).containsExactly("version", "data");
        // 80 rows are three batches: 7 x 50 steps, and 3 x 8 / 3 to measure; attention has no Hessian.
        assertThat(job.getEstimate().getArithmeticList()).anyMatch(line -> line.startsWith("time: 358 passes"));
        assertThat(job.getWarningsList()).singleElement().asString().startsWith("Sharpness is left out");
    }

    @Test
    void aStoredSpecificationCanBeSubmittedAgain() throws InvalidProtocolBufferException {
        SensitivitySpec stored = submit(spec -> {}).getSpec().unpack(SensitivitySpec.class);

        assertThat(submit(spec -> spec.clear().mergeFrom(stored)).getSpec().unpack(SensitivitySpec.class))
                .isEqualTo(stored);
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refused(spec -> spec.clear()
                .setHessianRows(-1)
                .setMaxIterations(1001)
                .setBatchSize(-1)
                .setMaxLength(-1)
                .setSeed(-1)
                .setLongRowsValue(9)
                .setSweep(RateSweep.newBuilder()
                        .setMinRate(-1)
                        .setMaxRate(2000)
                        .setPoints(1)
                        .setSteps(-1)
                        .setMaxGradNorm(-1)
                        .setOptimizer(MethodChoice.newBuilder()
                                .setName("adamw")
                                .setParams(Struct.newBuilder().putFields("lr", Values.of(0.1))))));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.version",
                        "spec.objective.name",
                        "spec.data.dataset",
                        "spec.hessian_rows",
                        "spec.max_iterations",
                        "spec.batch_size",
                        "spec.max_length",
                        "spec.seed",
                        "spec.long_rows",
                        "spec.sweep.min_rate",
                        "spec.sweep.max_rate",
                        "spec.sweep.points",
                        "spec.sweep.steps",
                        "spec.sweep.max_grad_norm",
                        "spec.sweep.optimizer.params.lr");
    }

    @Test
    void refusesWhatCannotBeBent() {
        assertThat(fields(refused(
                        spec -> spec.setObjective(MethodChoice.newBuilder().setName("contrastive")))))
                .contains("spec.objective.name");
        assertThat(fields(refused(
                        spec -> spec.setObjective(MethodChoice.newBuilder().setName("causal_lm")))))
                .containsExactly("spec.version");
        known.put(
                KnownVersions.encoder("adapter").setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER),
                KnownVersions.encoderTensors());
        assertThat(refused(spec -> spec.setVersion(KnownVersions.name("adapter")))
                        .code())
                .isEqualTo(ErrorCode.WRONG_ARTIFACT_KIND);
    }

    private Job submit(Consumer<SensitivitySpec.Builder> change) {
        SensitivitySpec.Builder spec = SensitivitySpec.newBuilder()
                .setVersion(KnownVersions.name("encoder"))
                .setObjective(MethodChoice.newBuilder().setName("classification"))
                .setData(TrainingData.newBuilder()
                        .setDataset(KnownVersions.datasetName("reviews"))
                        .setSplit("train"));
        change.accept(spec);
        SubmitSensitivityRequest request = SubmitSensitivityRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.sensitivity(TENANT, request, call("", "hash", false));
    }

    private GraftException refused(Consumer<SensitivitySpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
