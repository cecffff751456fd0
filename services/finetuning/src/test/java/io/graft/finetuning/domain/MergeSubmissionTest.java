package io.graft.finetuning.domain;

import static io.graft.finetuning.domain.Calls.TENANT;
import static io.graft.finetuning.domain.Calls.call;
import static io.graft.finetuning.domain.Calls.fields;
import static io.graft.finetuning.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Job;
import io.graft.v1.LineageEdge;
import io.graft.v1.MergeSpec;
import io.graft.v1.ModelVersion;
import io.graft.v1.SubmitMergeRequest;
import io.graft.v1.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MergeSubmissionTest {
    private static final String QUERY = "base_model.model.bert.encoder.layer.0.attention.self.query.";

    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void findsTheBaseInTheLineage() throws InvalidProtocolBufferException {
        known.put(trainedOn("encoder"), pair(2, 8));

        Job job = submit("");

        assertThat(job.getKind()).isEqualTo("merge");
        assertThat(job.getSpec().unpack(MergeSpec.class).getBase()).isEqualTo(KnownVersions.name("encoder"));
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("base", "adapter");
        assertThat(jobs.find(job.getName()).orElseThrow().plan().outputKind())
                .isEqualTo(ArtifactKind.ARTIFACT_KIND_FULL);
    }

    @Test
    void asksForTheBaseWhenTheLineageHasNone() {
        known.put(adapter(), pair(2, 8));

        assertThat(fields(refusal(() -> submit("")))).containsExactly("spec.base");
        assertThat(submit(KnownVersions.name("encoder")).getInputsList()).hasSize(2);
    }

    @Test
    void refusesAnotherBaseThanItsOwn() {
        known.put(trainedOn("encoder"), pair(2, 8));

        assertThat(refusal(() -> submit(KnownVersions.name("decoder"))).code()).isEqualTo(ErrorCode.ADAPTER_MISMATCH);
    }

    @Test
    void refusesTensorsWithoutPartnerAndOfAnotherShape() {
        known.put(trainedOn("encoder"), pair(2, 8).subList(0, 1));
        GraftException alone = refusal(() -> submit(""));
        assertThat(alone.code()).isEqualTo(ErrorCode.ADAPTER_MISMATCH);
        assertThat(alone).hasMessageContaining("has no partner");

        known.put(trainedOn("encoder"), pair(2, 6));
        assertThat(refusal(() -> submit(""))).hasMessageContaining("do not fit");
    }

    @Test
    void refusesWhatIsNoAdapter() {
        known.put(KnownVersions.encoder("adapter"), KnownVersions.encoderTensors());

        assertThat(refusal(() -> submit("")).code()).isEqualTo(ErrorCode.WRONG_ARTIFACT_KIND);
    }

    private Job submit(String base) {
        SubmitMergeRequest request = SubmitMergeRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(MergeSpec.newBuilder()
                        .setAdapter(KnownVersions.name("adapter"))
                        .setBase(base)
                        .setOutputModel(Calls.OUTPUT))
                .build();
        return submissions.merge(TENANT, request, call("", "hash", false));
    }

    private static ModelVersion.Builder adapter() {
        return KnownVersions.sound("adapter").setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER);
    }

    private static ModelVersion.Builder trainedOn(String base) {
        return adapter()
                .addParents(LineageEdge.newBuilder()
                        .setParent(KnownVersions.name(base))
                        .setRole("base"));
    }

    private static List<TensorSpec> pair(long rank, long width) {
        return List.of(
                KnownVersions.tensor(QUERY + "lora_A.weight", "F32", rank, width),
                KnownVersions.tensor(QUERY + "lora_B.weight", "F32", 8, rank));
    }
}
