package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.TENANT;
import static io.graft.evaluation.domain.Calls.call;
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
import io.graft.v1.FeatureNorm;
import io.graft.v1.FeatureNormalisation;
import io.graft.v1.FeaturePooling;
import io.graft.v1.Job;
import io.graft.v1.LongRows;
import io.graft.v1.RankSpec;
import io.graft.v1.SubmitRankingRequest;
import io.graft.v1.TrainingData;
import io.graft.v1.TransferabilityMetric;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RankSubmissionTest {
    private final KnownVersions known =
            KnownVersions.standard().put(KnownVersions.encoder("other"), KnownVersions.encoderTensors());
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void storesAJobWithItsDefaultsThatMakesNoVersion() throws InvalidProtocolBufferException {
        Job job = submit(spec -> {});

        assertThat(job.getName()).matches("tenants/default/jobs/rank-[0-9a-f-]{36}");
        RankSpec spec = job.getSpec().unpack(RankSpec.class);
        assertThat(spec.getMetricsList())
                .containsExactly(
                        TransferabilityMetric.TRANSFERABILITY_METRIC_TMI,
                        TransferabilityMetric.TRANSFERABILITY_METRIC_LOGME);
        assertThat(spec.getK()).isEqualTo(3);
        assertThat(spec.getMinDist()).isEqualTo(1);
        assertThat(spec.getNorm()).isEqualTo(FeatureNorm.FEATURE_NORM_MAX);
        assertThat(spec.getNormalise()).isEqualTo(FeatureNormalisation.FEATURE_NORMALISATION_NONE);
        assertThat(spec.getPooling()).isEqualTo(FeaturePooling.FEATURE_POOLING_MEAN);
        assertThat(spec.getMaxSamples()).isEqualTo(2000);
        assertThat(spec.getMaxLength()).isEqualTo(64);
        assertThat(spec.getLongRows()).isEqualTo(LongRows.LONG_ROWS_TRUNCATE);
        assertThat(spec.getTarget().getClassesList()).containsExactly("negative", "positive");
        JobPlan plan = jobs.find(job.getName()).orElseThrow().plan();
        assertThat(plan.outputModel()).isEmpty();
        assertThat(plan.outputKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_UNSPECIFIED);
        assertThat(plan.inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("version_1", "version_2", "version_3", "data");
        assertThat(job.getEstimate().getArithmeticList())
                .anyMatch(line -> line.startsWith("version_3, time: 3 passes"));
    }

    @Test
    void headsAreRunOnceMoreWhereStatesArePooled() {
        Job job = submit(spec -> spec.addMetrics(TransferabilityMetric.TRANSFERABILITY_METRIC_LEEP));

        assertThat(job.getEstimate().getArithmeticList())
                .anyMatch(line -> line.startsWith("version_1, time: 6 passes"));
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refused(spec -> spec.clear()
                .addVersions(KnownVersions.name("encoder"))
                .addMetricsValue(9)
                .addMetrics(TransferabilityMetric.TRANSFERABILITY_METRIC_TMI)
                .setK(-1)
                .setMinDist(0)
                .setNormValue(9)
                .setNormalise(FeatureNormalisation.FEATURE_NORMALISATION_PCA)
                .setLayer("encoder.layer.0")
                .setPooling(FeaturePooling.FEATURE_POOLING_HEAD)
                .setMaxSamples(5)
                .setSeed(-1)
                .setBatchSize(-1)
                .setMaxLength(-1)
                .setLongRowsValue(9));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.versions",
                        "spec.target.dataset",
                        "spec.metrics",
                        "spec.k",
                        "spec.min_dist",
                        "spec.norm",
                        "spec.components",
                        "spec.pooling",
                        "spec.max_samples",
                        "spec.seed",
                        "spec.batch_size",
                        "spec.max_length",
                        "spec.long_rows");
        assertThat(refused.violations().getFirst().description()).contains("says nothing by itself");
    }

    @Test
    void parametersOfTmiGoWithItOnly() {
        assertThat(fields(refused(spec -> spec.addMetrics(TransferabilityMetric.TRANSFERABILITY_METRIC_NCE)
                        .setK(3)
                        .setMinDist(1)
                        .setNorm(FeatureNorm.FEATURE_NORM_L2)
                        .setNormalise(FeatureNormalisation.FEATURE_NORMALISATION_RMS)
                        .setComponents(2))))
                .containsExactlyInAnyOrder("spec.k", "spec.min_dist", "spec.norm", "spec.normalise", "spec.components");
        assertThat(fields(refused(spec -> spec.addMetrics(TransferabilityMetric.TRANSFERABILITY_METRIC_NCE)
                        .addMetrics(TransferabilityMetric.TRANSFERABILITY_METRIC_NCE))))
                .containsExactly("spec.metrics");
    }

    @Test
    void refusesWhatDoesNotFitTheVersions() {
        assertThat(fields(refused(spec -> spec.addVersions(KnownVersions.name("encoder")))))
                .containsExactly("spec.versions[3]");
        assertThat(fields(refused(spec -> spec.getTargetBuilder()
                        .getColumnsBuilder()
                        .setText("label")
                        .setLabel("text"))))
                .contains("spec.target.columns.label");
        assertThat(fields(refused(spec -> spec.setMaxLength(65)))).contains("spec.max_length");
        known.put(
                KnownVersions.sound("adapter").setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER),
                KnownVersions.encoderTensors());
        assertThat(refused(spec -> spec.addVersions(KnownVersions.name("adapter")))
                        .code())
                .isEqualTo(ErrorCode.WRONG_ARTIFACT_KIND);
    }

    private Job submit(Consumer<RankSpec.Builder> change) {
        RankSpec.Builder spec = RankSpec.newBuilder()
                .addVersions(KnownVersions.name("encoder"))
                .addVersions(KnownVersions.name("other"))
                .addVersions(KnownVersions.name("decoder"))
                .setTarget(TrainingData.newBuilder()
                        .setDataset(KnownVersions.datasetName("reviews"))
                        .setSplit("train"));
        change.accept(spec);
        SubmitRankingRequest request = SubmitRankingRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.rank(TENANT, request, call("", "hash", false));
    }

    private GraftException refused(Consumer<RankSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
