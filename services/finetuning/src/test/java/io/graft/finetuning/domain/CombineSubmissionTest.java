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
import io.graft.v1.CombineSpec;
import io.graft.v1.Job;
import io.graft.v1.LineageEdge;
import io.graft.v1.MethodChoice;
import io.graft.v1.SubmitCombineRequest;
import io.graft.v1.TensorSpec;
import io.graft.v1.WeightedAdapter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CombineSubmissionTest {
    private static final String FACTOR = "base_model.model.bert.encoder.layer.0.attention.self.query.lora_A.weight";

    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void readsEveryAdapterAndNamesTheBase() throws InvalidProtocolBufferException {
        adapter("one", "encoder");
        adapter("two", "encoder");

        Job job = submit(spec("one", "two").build());

        CombineSpec effective = job.getSpec().unpack(CombineSpec.class);
        assertThat(effective.getMethod().getName()).isEqualTo("cat");
        assertThat(effective.getAdaptersList())
                .extracting(WeightedAdapter::getWeight)
                .containsOnly(1.0);
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("base", "adapter_1", "adapter_2");
        assertThat(jobs.find(job.getName()).orElseThrow().plan().outputKind())
                .isEqualTo(ArtifactKind.ARTIFACT_KIND_ADAPTER);
        assertThat(job.getEstimate().getArithmeticList()).isNotEmpty();
    }

    @Test
    void refusesAdaptersOfSeveralBases() {
        adapter("one", "encoder");
        adapter("two", "decoder");

        GraftException refused = refusal(() -> submit(spec("one", "two").build()));

        assertThat(refused.code()).isEqualTo(ErrorCode.ADAPTER_MISMATCH);
        assertThat(refused).hasMessageContaining("combine adapters of one base");
    }

    @Test
    void namesEveryBadField() {
        CombineSpec.Builder spec = spec("one");
        spec.setAdapters(0, WeightedAdapter.newBuilder().setAdapter("one").setWeight(0));
        spec.setMethod(MethodChoice.newBuilder().setName("blend")).setOutputModel("");

        assertThat(fields(refusal(() -> submit(spec.build()))))
                .containsExactlyInAnyOrder(
                        "spec.adapters",
                        "spec.adapters[0].adapter",
                        "spec.adapters[0].weight",
                        "spec.method.name",
                        "spec.output_model");
    }

    @Test
    void refusesWhatIsNoAdapter() {
        adapter("one", "encoder");

        assertThat(refusal(() -> submit(spec("one", "encoder").build())).code())
                .isEqualTo(ErrorCode.WRONG_ARTIFACT_KIND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "ties", "dare_linear", "dare_ties", "magnitude_prune"})
    void refusesToAddUpFactorsOfDifferentRanks(String method) {
        adapter("one", "encoder", KnownVersions.tensor(FACTOR, "F32", 4, 8));
        adapter("two", "encoder", KnownVersions.tensor(FACTOR, "F32", 2, 8));

        CombineSpec.Builder spec =
                spec("one", "two").setMethod(MethodChoice.newBuilder().setName(method));

        assertThat(fields(refusal(() -> submit(spec.build())))).containsExactly("spec.method.name");
        spec.setMethod(MethodChoice.newBuilder().setName("svd"));
        assertThat(submit(spec.build()).getInputsList()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void refusesADensityOutOfRange(double density) {
        CombineSpec.Builder spec = spec("one", "two").setMethod(Calls.method("ties", "density", Calls.number(density)));

        assertThat(fields(refusal(() -> submit(spec.build())))).containsExactly("spec.method.params.density");
    }

    private void adapter(String name, String base, TensorSpec... tensors) {
        known.put(
                KnownVersions.sound(name)
                        .setKind(ArtifactKind.ARTIFACT_KIND_ADAPTER)
                        .addParents(LineageEdge.newBuilder()
                                .setParent(KnownVersions.name(base))
                                .setRole("base")),
                List.of(tensors));
    }

    private static CombineSpec.Builder spec(String... adapters) {
        CombineSpec.Builder spec = CombineSpec.newBuilder().setOutputModel(Calls.OUTPUT);
        for (String adapter : adapters) {
            spec.addAdapters(WeightedAdapter.newBuilder().setAdapter(KnownVersions.name(adapter)));
        }
        return spec;
    }

    private Job submit(CombineSpec spec) {
        SubmitCombineRequest request = SubmitCombineRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.combine(TENANT, request, call("", "hash", false));
    }
}
