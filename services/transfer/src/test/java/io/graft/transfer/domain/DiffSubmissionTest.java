package io.graft.transfer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DiffSpec;
import io.graft.v1.Job;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.VersionPair;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class DiffSubmissionTest {
    private static final TenantName TENANT = new TenantName("default");

    private final KnownVersions known =
            new KnownVersions().putSound("base", version -> version).putSound("tuned", version -> version);
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known);

    @Test
    void storesAJobThatMakesADiffVector() throws InvalidProtocolBufferException {
        Job job = submit(spec -> spec);
        DiffSpec effective = job.getSpec().unpack(DiffSpec.class);
        assertThat(job.getName()).startsWith("tenants/default/jobs/diff-");
        assertThat(effective.getOutputDtype()).isEqualTo("F32");
        assertThat(effective.getMaxShardBytes()).isEqualTo(5_000_000_000L);
        // 4 x 2 and 2 elements in F32, beside a configuration of 10 bytes
        assertThat(job.getEstimate().getOutputBytes()).isEqualTo(32 + 8 + 10);
        assertThat(jobs.find(job.getName()).orElseThrow().plan().outputKind())
                .isEqualTo(ArtifactKind.ARTIFACT_KIND_DIFF);
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        assertThat(refusal(spec -> spec.clear().setOutputDtype("F16")).violations())
                .extracting(FieldViolation::field)
                .containsExactly("spec.source.base", "spec.source.finetuned", "spec.output_model", "spec.output_dtype");
    }

    @Test
    void refusesWhatDoesNotFit() {
        known.put(
                KnownVersions.sound("tuned"),
                List.of(
                        KnownVersions.tensor("model.embed_tokens.weight", "BF16", 5, 2),
                        KnownVersions.tensor("model.norm.bias", "F32", 2)));
        assertThat(refusal(spec -> spec).code()).isEqualTo(ErrorCode.VOCABULARY_MISMATCH);
        known.put(
                KnownVersions.sound("tuned"), List.of(KnownVersions.tensor("model.embed_tokens.weight", "BF16", 4, 2)));
        assertThat(refusal(spec -> spec).metadata())
                .containsEntry("tensor", "model.norm.bias")
                .containsEntry("right_shape", "absent");
        known.putSound("tuned", version -> version.setDigest("sha256:base"));
        assertThat(refusal(spec -> spec).code()).isEqualTo(ErrorCode.ZERO_UPDATE);
    }

    private Job submit(UnaryOperator<DiffSpec.Builder> change) {
        DiffSpec.Builder spec = DiffSpec.newBuilder()
                .setSource(VersionPair.newBuilder()
                        .setBase(KnownVersions.name("base"))
                        .setFinetuned(KnownVersions.name("tuned")))
                .setOutputModel("tenants/default/models/update");
        SubmitDiffRequest request = SubmitDiffRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(change.apply(spec))
                .build();
        return submissions.diff(
                TENANT, request, Mutation.of(request, TraceContext.begin().traceparent()));
    }

    private GraftException refusal(UnaryOperator<DiffSpec.Builder> change) {
        return Objects.requireNonNull(
                catchThrowableOfType(GraftException.class, () -> submit(change)), "was not refused");
    }
}
