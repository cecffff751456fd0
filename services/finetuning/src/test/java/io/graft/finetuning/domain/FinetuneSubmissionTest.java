package io.graft.finetuning.domain;

import static io.graft.finetuning.domain.Calls.TENANT;
import static io.graft.finetuning.domain.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.job.JobRecord;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.ArtifactKind;
import io.graft.v1.AssignmentInput;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.Job;
import io.graft.v1.LongRows;
import io.graft.v1.MethodChoice;
import io.graft.v1.OutputForm;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.VersionState;
import org.junit.jupiter.api.Test;

final class FinetuneSubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void storesAJobWithItsEffectiveSpecAndPlan() throws InvalidProtocolBufferException {
        Job job = submit(Calls.classification());

        assertThat(job.getName()).matches("tenants/default/jobs/finetune-[0-9a-f-]{36}");
        FinetuneSpec spec = job.getSpec().unpack(FinetuneSpec.class);
        assertThat(spec.getAdapter().getName()).isEqualTo("lora");
        assertThat(spec.getAdapter().getParams().getFieldsOrThrow("r").getNumberValue())
                .isEqualTo(8);
        assertThat(spec.getAdapter()
                        .getParams()
                        .getFieldsOrThrow("target_modules")
                        .getListValue()
                        .getValuesList())
                .extracting(com.google.protobuf.Value::getStringValue)
                .containsExactly("query", "value");
        assertThat(spec.getOutput()).isEqualTo(OutputForm.OUTPUT_FORM_ADAPTER);
        assertThat(spec.getData().getColumns().getText()).isEqualTo("text");
        assertThat(spec.getData().getColumns().getLabel()).isEqualTo("label");
        assertThat(spec.getData().getClassesList()).containsExactly("negative", "positive");
        assertThat(spec.getLoop().getOptimizer().getName()).isEqualTo("adamw");
        assertThat(spec.getLoop().getSchedule().getName()).isEqualTo("constant");
        assertThat(spec.getLoop().getBatchSize()).isEqualTo(8);
        assertThat(spec.getLoop().getMaxGradNorm()).isEqualTo(1);
        assertThat(spec.getLoop().getMaxLength()).isEqualTo(64);
        assertThat(spec.getLoop().getLongRows()).isEqualTo(LongRows.LONG_ROWS_REFUSE);
        assertThat(spec.getLoop().hasSeed()).isTrue();
        JobRecord stored = jobs.find(job.getName()).orElseThrow();
        assertThat(stored.plan().outputModel()).isEqualTo(Calls.OUTPUT);
        assertThat(stored.plan().outputKind()).isEqualTo(ArtifactKind.ARTIFACT_KIND_ADAPTER);
        assertThat(stored.plan().inputs()).extracting(AssignmentInput::getRole).containsExactly("base", "data");
    }

    @Test
    void estimatesMemoryDiskAndTimeWithTheArithmetic() {
        Job job = submit(Calls.classification());

        // Rank 8 on two matrices of 8 x 8.
        long trained = 2 * 8 * (8 + 8);
        assertThat(job.getEstimate().getOutputBytes()).isEqualTo(4 * trained);
        assertThat(job.getEstimate().getDiskBytes()).isEqualTo(1010 + 10_000 + 4 * trained + 2 * 12 * trained);
        assertThat(job.getEstimate().getMemoryBytes()).isPositive();
        assertThat(job.getEstimate().getTime().getSeconds()).isPositive();
        assertThat(job.getEstimate().getArithmeticList())
                .anyMatch(line -> line.startsWith("memory: ") && line.contains("256 x 12 B"))
                .anyMatch(line -> line.startsWith("time: 20 passes x 512 positions"));
    }

    @Test
    void trainsEveryWeightWhenAskedTo() throws InvalidProtocolBufferException {
        Job job = submit(
                Calls.classification().setAdapter(MethodChoice.newBuilder().setName("full")));

        assertThat(job.getSpec().unpack(FinetuneSpec.class).getOutput()).isEqualTo(OutputForm.OUTPUT_FORM_MERGED);
        assertThat(job.getSpec().unpack(FinetuneSpec.class).getWeights().getMaxShardBytes())
                .isEqualTo(5_000_000_000L);
        assertThat(jobs.find(job.getName()).orElseThrow().plan().outputKind())
                .isEqualTo(ArtifactKind.ARTIFACT_KIND_FULL);
    }

    @Test
    void validatingOnlyStoresNothing() {
        Job job = submissions.finetune(TENANT, request(Calls.classification()), call("once", "a", true));

        assertThat(job.getName()).isEmpty();
        assertThat(job.hasEstimate()).isTrue();
        assertThat(jobs.findRequest("default", "finetune", "once", "a")).isEmpty();
    }

    @Test
    void aRepeatedRequestGetsTheFirstJobWhateverHasChanged() {
        Job first = submissions.finetune(TENANT, request(Calls.classification()), call("once", "a", false));
        known.put(
                KnownVersions.encoder("encoder").setState(VersionState.VERSION_STATE_QUARANTINED),
                KnownVersions.encoderTensors());

        assertThat(submissions.finetune(TENANT, request(Calls.classification()), call("once", "a", false)))
                .isEqualTo(first);
        assertThat(Calls.refusal(() ->
                                submissions.finetune(TENANT, request(Calls.classification()), call("once", "b", false)))
                        .code())
                .isEqualTo(ErrorCode.REQUEST_ID_REUSED);
    }

    private Job submit(FinetuneSpec.Builder spec) {
        return submissions.finetune(TENANT, request(spec), call("", "hash", false));
    }

    private static SubmitFinetuneRequest request(FinetuneSpec.Builder spec) {
        return SubmitFinetuneRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
    }
}
