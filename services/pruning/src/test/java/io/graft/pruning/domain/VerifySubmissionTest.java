package io.graft.pruning.domain;

import static io.graft.pruning.domain.Calls.TENANT;
import static io.graft.pruning.domain.Calls.call;
import static io.graft.pruning.domain.Calls.fields;
import static io.graft.pruning.domain.Calls.mapping;
import static io.graft.pruning.domain.Calls.refusal;
import static io.graft.pruning.domain.Calls.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Values;
import io.graft.platform.job.JobStore;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Job;
import io.graft.v1.MethodChoice;
import io.graft.v1.PruneSpec;
import io.graft.v1.PruneVerification;
import io.graft.v1.SubmitPruningRequest;
import io.graft.v1.TrainingLoop;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class VerifySubmissionTest {
    private final KnownVersions known =
            KnownVersions.standard().putDataset(KnownVersions.reviews().setName(KnownVersions.datasetName("target")));
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void fillsInWhatIsNotSaid() throws InvalidProtocolBufferException {
        Job job = submit(VerifySubmissionTest::verified);

        PruneVerification verify = job.getSpec().unpack(PruneSpec.class).getVerify();
        assertThat(verify.getModel()).isEqualTo(KnownVersions.name("encoder"));
        assertThat(verify.getSeedsList()).containsExactly(0L, 1L, 2L);
        assertThat(verify.getTolerance()).isEqualTo(0.01);
        assertThat(verify.getLoop().getSchedule().getName()).isEqualTo("constant");
        assertThat(verify.getTarget().getDataset()).isEqualTo(KnownVersions.datasetName("target"));
        assertThat(verify.getTarget().getSplit()).isEqualTo("train");
        assertThat(verify.getTarget().getColumns().getLabel()).isEqualTo("label");
        assertThat(verify.getTarget().getClassesList()).containsExactly("negative", "positive");
        assertThat(verify.getTarget().getHoldout().getFraction()).isEqualTo(0.25);
        assertThat(roles(job)).containsExactly("source", "target", "surrogate");
        assertThat(job.getEstimate().getArithmeticList())
                .anyMatch(line -> line.startsWith("verify, at most 9 trainings"))
                .anyMatch(line -> line.startsWith("verify, time:"));
        assertThat(Durations.toSeconds(job.getEstimate().getTime())).isPositive();
    }

    @Test
    void readsTheNetworkAndTheTargetThatOnlyItNeeds() {
        Job job = submit(spec -> {
            verified(spec);
            spec.clearTarget()
                    .clearSurrogate()
                    .setMethod(MethodChoice.newBuilder()
                            .setName("random")
                            .setParams(Struct.newBuilder().putFields("unit", Values.of("samples"))));
            spec.getVerifyBuilder().setModel(KnownVersions.name("decoder")).setTarget(rows("target"));
            spec.getVerifyBuilder().getTargetBuilder().getHoldoutBuilder().setSplit("test");
        });

        assertThat(roles(job)).containsExactly("source", "target", "network");
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        assertThat(refused(spec -> {
                    verified(spec);
                    spec.getVerifyBuilder()
                            .addAllSeeds(List.of(1L, 1L))
                            .setTolerance(2)
                            .addRatios(1)
                            .setLoop(TrainingLoop.newBuilder().setSeed(1).setMaxLength(8));
                }))
                .containsExactlyInAnyOrder(
                        "spec.verify.seeds",
                        "spec.verify.tolerance",
                        "spec.verify.ratios",
                        "spec.verify.loop.seed",
                        "spec.verify.loop.max_length",
                        "spec.verify.loop.epochs");
        assertThat(refused(spec -> {
                    verified(spec);
                    spec.getVerifyBuilder()
                            .addAllSeeds(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L))
                            .addAllRatios(List.of(0.1, 0.2, 0.3, 0.4, 0.5));
                }))
                .containsExactly("spec.verify.seeds");
    }

    @Test
    void rowsThatVoteAreNotMeasuredOn() {
        assertThat(refused(spec -> {
                    verified(spec);
                    spec.getTargetBuilder().clearHoldout();
                }))
                .as("measures on nothing")
                .containsExactly("spec.verify.target.holdout");
        assertThat(refused(spec -> {
                    verified(spec);
                    spec.getVerifyBuilder()
                            .getTargetBuilder()
                            .getHoldoutBuilder()
                            .setFraction(0.25)
                            .setSeed(7);
                }))
                .as("keeps others back")
                .containsExactly("spec.verify.target.holdout");
        assertThat(refused(spec -> {
                    verified(spec);
                    spec.getVerifyBuilder()
                            .getTargetBuilder()
                            .setSplit("test")
                            .getHoldoutBuilder()
                            .setSplit("train");
                }))
                .as("learns from the test split and measures on voters")
                .containsExactlyInAnyOrder("spec.verify.target.split", "spec.verify.target.holdout");
        assertThat(refused(spec -> {
                    verified(spec);
                    spec.getVerifyBuilder().getTargetBuilder().setDataset(KnownVersions.datasetName("reviews"));
                }))
                .as("another version")
                .containsExactly("spec.verify.target.dataset");
    }

    @Test
    void aNetworkIsRequiredWithoutASurrogate() {
        assertThat(refused(spec -> {
                    verified(spec);
                    spec.clearTarget()
                            .clearSurrogate()
                            .setMethod(MethodChoice.newBuilder().setName("random"));
                    spec.getVerifyBuilder().setTarget(rows("target"));
                    spec.getVerifyBuilder()
                            .getTargetBuilder()
                            .getHoldoutBuilder()
                            .setSplit("test");
                }))
                .containsExactly("spec.verify.model");
    }

    private static void verified(PruneSpec.Builder spec) {
        spec.getTargetBuilder().getHoldoutBuilder().setFraction(0.25);
        spec.getVerifyBuilder()
                .setLoop(TrainingLoop.newBuilder()
                        .setMaxSteps(100)
                        .setOptimizer(MethodChoice.newBuilder()
                                .setName("adamw")
                                .setParams(Struct.newBuilder().putFields("lr", Values.of(0.001)))));
    }

    private List<String> roles(Job job) {
        return jobs.find(job.getName()).orElseThrow().plan().inputs().stream()
                .map(AssignmentInput::getRole)
                .toList();
    }

    private Job submit(Consumer<PruneSpec.Builder> change) {
        PruneSpec.Builder spec = mapping();
        change.accept(spec);
        return submissions.prune(
                TENANT,
                SubmitPruningRequest.newBuilder()
                        .setParent(TENANT.toString())
                        .setSpec(spec)
                        .build(),
                call());
    }

    private List<String> refused(Consumer<PruneSpec.Builder> change) {
        return fields(refusal(() -> submit(change)));
    }
}
