package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.TENANT;
import static io.graft.evaluation.domain.Calls.call;
import static io.graft.evaluation.domain.Calls.fields;
import static io.graft.evaluation.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.AssignmentInput;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetSchema;
import io.graft.v1.FeaturePooling;
import io.graft.v1.InvarianceMetric;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.Job;
import io.graft.v1.ModelVersion;
import io.graft.v1.PictureChange;
import io.graft.v1.PictureTransform;
import io.graft.v1.SubmitInvarianceRequest;
import io.graft.v1.TrainingData;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class InvarianceSubmissionTest {
    private final KnownVersions known = KnownVersions.standard()
            .put(pictures(), KnownVersions.encoderTensors())
            .putDataset(KnownVersions.reviews()
                    .setName(KnownVersions.datasetName("digits"))
                    .setSchema(DatasetSchema.newBuilder()
                            .addColumns(KnownVersions.column("image", ColumnType.COLUMN_TYPE_IMAGE))));
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void storesAJobWithItsDefaults() throws InvalidProtocolBufferException {
        Job job = submit(spec -> spec.addTransforms(transform(PictureChange.PICTURE_CHANGE_ROTATION)));

        assertThat(job.getName()).matches("tenants/default/jobs/invariance-[0-9a-f-]{36}");
        InvarianceSpec spec = job.getSpec().unpack(InvarianceSpec.class);
        assertThat(spec.getTransformsList())
                .extracting(PictureTransform::getRange)
                .containsExactly(2.0, 15.0);
        assertThat(spec.getMetric()).isEqualTo(InvarianceMetric.INVARIANCE_METRIC_L2);
        assertThat(spec.getPooling()).isEqualTo(FeaturePooling.FEATURE_POOLING_HEAD);
        assertThat(spec.getN()).isEqualTo(1000);
        assertThat(spec.getSeedA()).isZero();
        assertThat(spec.getSeedB()).isEqualTo(1);
        assertThat(spec.getData().getColumns().getImage()).isEqualTo("image");
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("version", "data");
        assertThat(job.getEstimate().getArithmeticList()).anyMatch(line -> line.startsWith("time: 16 passes"));
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refused(spec -> spec.clear()
                .addTransforms(PictureTransform.newBuilder().setChangeValue(99))
                .addTransforms(transform(PictureChange.PICTURE_CHANGE_SHIFT).setRange(1.5))
                .addTransforms(transform(PictureChange.PICTURE_CHANGE_SHIFT))
                .addTransforms(transform(PictureChange.PICTURE_CHANGE_FLIP).setRange(2))
                .setMetricValue(9)
                .addLayers("a")
                .addLayers("a")
                .setPooling(FeaturePooling.FEATURE_POOLING_HEAD)
                .setN(1)
                .setSeedA(1)
                .setBatchSize(-1));

        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.version",
                        "spec.data.dataset",
                        "spec.metric",
                        "spec.transforms[0].change",
                        "spec.transforms[1].range",
                        "spec.transforms[2].change",
                        "spec.transforms[3].range",
                        "spec.layers",
                        "spec.pooling",
                        "spec.n",
                        "spec.seed_b",
                        "spec.batch_size");
        assertThat(fields(refused(InvarianceSpec.Builder::clearTransforms))).containsExactly("spec.transforms");
        assertThat(fields(refused(spec -> spec.setMetric(InvarianceMetric.INVARIANCE_METRIC_CKA)
                        .setN(2001)
                        .setPooling(FeaturePooling.FEATURE_POOLING_MEAN))))
                .containsExactlyInAnyOrder("spec.n", "spec.pooling");
        assertThat(fields(refused(
                        spec -> spec.getDataBuilder().getHoldoutBuilder().setFraction(0.5))))
                .containsExactly("spec.data.holdout");
    }

    @Test
    void textsAreRefused() {
        assertThat(fields(refused(spec -> spec.setVersion(KnownVersions.name("encoder")))))
                .containsExactly("spec.version");
        assertThat(fields(refused(spec -> spec.getDataBuilder().setDataset(KnownVersions.datasetName("reviews")))))
                .contains("spec.data.columns.image");
    }

    private static ModelVersion.Builder pictures() {
        ModelVersion.Builder version = KnownVersions.encoder("pictures");
        version.getArchitectureBuilder().setModelType("mlp").clearConfig();
        return version;
    }

    private static PictureTransform.Builder transform(PictureChange change) {
        return PictureTransform.newBuilder().setChange(change);
    }

    private Job submit(Consumer<InvarianceSpec.Builder> change) {
        InvarianceSpec.Builder spec = InvarianceSpec.newBuilder()
                .setVersion(KnownVersions.name("pictures"))
                .setData(TrainingData.newBuilder().setDataset(KnownVersions.datasetName("digits")))
                .addTransforms(transform(PictureChange.PICTURE_CHANGE_SHIFT));
        change.accept(spec);
        return submissions.invariance(
                TENANT,
                SubmitInvarianceRequest.newBuilder()
                        .setParent(TENANT.toString())
                        .setSpec(spec)
                        .build(),
                call("", "hash", false));
    }

    private GraftException refused(Consumer<InvarianceSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
