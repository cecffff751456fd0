package io.graft.training.domain;

import static io.graft.training.domain.Calls.TENANT;
import static io.graft.training.domain.Calls.call;
import static io.graft.training.domain.Calls.config;
import static io.graft.training.domain.Calls.continued;
import static io.graft.training.domain.Calls.fields;
import static io.graft.training.domain.Calls.method;
import static io.graft.training.domain.Calls.number;
import static io.graft.training.domain.Calls.refusal;
import static io.graft.training.domain.Calls.text;
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
import io.graft.v1.MethodChoice;
import io.graft.v1.NewModel;
import io.graft.v1.SubmitTrainRequest;
import io.graft.v1.TrainSpec;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainSubmissionTest {
    private final KnownVersions known = KnownVersions.standard()
            .putDataset(KnownVersions.reviews()
                    .setName(KnownVersions.datasetName("older"))
                    .setDigest("sha256:older"));
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @Test
    void goesOnWithReplayAndRewarming() throws InvalidProtocolBufferException {
        Job job = submit(spec -> {
            spec.getReplayBuilder().getDataBuilder().setDataset(KnownVersions.datasetName("older"));
            spec.getLoopBuilder().setSchedule(method("rewarm_redecay", "min_lr", number(1e-5)));
        });

        assertThat(job.getName()).matches("tenants/default/jobs/train-[0-9a-f-]{36}");
        TrainSpec spec = job.getSpec().unpack(TrainSpec.class);
        assertThat(spec.getReplay().getShare()).isEqualTo(0.05);
        assertThat(spec.getReplay().getData().getColumns().getText()).isEqualTo("text");
        assertThat(spec.getLoop().getMaxLength()).isEqualTo(64);
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("base", "data", "replay");
        assertThat(jobs.find(job.getName()).orElseThrow().plan().outputKind())
                .isEqualTo(ArtifactKind.ARTIFACT_KIND_FULL);
        assertThat(job.getEstimate().getTime().getSeconds()).isPositive();
    }

    @Test
    void beginsWithANewModelAndABorrowedTokenizer() throws InvalidProtocolBufferException {
        Job job = submit(spec -> spec.setPacking(true)
                .setNewModel(
                        NewModel.newBuilder().setConfig(config()).setTokenizerFrom(KnownVersions.name("decoder"))));

        assertThat(job.getSpec().unpack(TrainSpec.class).getParametrization().getName())
                .isEqualTo("standard");
        assertThat(jobs.find(job.getName()).orElseThrow().plan().inputs())
                .extracting(AssignmentInput::getRole)
                .containsExactly("tokenizer", "data");
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refused(
                spec -> spec.clear().setOutputModel("x").getWeightsBuilder().setDtype("I8"));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.base",
                        "spec.output_model",
                        "spec.objective.name",
                        "spec.data.dataset",
                        "spec.loop.epochs",
                        "spec.weights.dtype");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 0, 1, Double.NaN})
    void refusesAShareOfReplayOutOfRange(double share) {
        assertRefused(
                spec -> spec.getReplayBuilder()
                        .setShare(share)
                        .getDataBuilder()
                        .setDataset(KnownVersions.datasetName("older")),
                "spec.replay.share");
    }

    @Test
    void refusesToReplayNothingOrWhatIsNew() {
        assertRefused(spec -> spec.getReplayBuilder().setShare(0.1), "spec.replay.data.dataset");
        assertRefused(
                spec -> spec.getReplayBuilder()
                        .getDataBuilder()
                        .setDataset(KnownVersions.datasetName("reviews"))
                        .setSplit("train"),
                "spec.replay.data.dataset");
    }

    @Test
    void refusesAWidthThatHeadsDoNotDivide() {
        assertNewModelRefused("num_attention_heads", 3, "spec.new_model.config.num_attention_heads");
        assertNewModelRefused("num_key_value_heads", 3, "spec.new_model.config.num_key_value_heads");
        assertNewModelRefused("hidden_size", 0, "spec.new_model.config.hidden_size");
        assertNewModelRefused("vocab_size", 8, "spec.new_model.config.vocab_size");
    }

    @Test
    void refusesANewModelOfNoKnownFamilyOrWithoutTokenizer() {
        assertRefused(
                spec -> spec.setNewModel(NewModel.newBuilder()
                        .setConfig(
                                config().putFields("model_type", text("mamba").build()))),
                "spec.new_model.config.model_type");
        assertRefused(
                spec -> spec.setNewModel(NewModel.newBuilder().setConfig(config())), "spec.new_model.tokenizer_from");
    }

    @Test
    void refusesPartsOfTheScheduleThatAreLongerThanTheRun() {
        MethodChoice.Builder infinite = method("infinite", "warmup_steps", number(60));
        infinite.getParamsBuilder()
                .putFields("cooldown_steps", number(60).build())
                .putFields("const_lr", number(1e-5).build())
                .putFields("min_lr", number(1e-6).build());
        assertRefused(
                spec -> spec.getLoopBuilder().setSchedule(infinite),
                "spec.loop.schedule.params.warmup_steps",
                "spec.loop.schedule.params.cooldown_steps");
        MethodChoice.Builder wsd = method("wsd", "warmup_ratio", number(0.6));
        wsd.getParamsBuilder().putFields("decay_ratio", number(0.6).build());
        assertRefused(spec -> spec.getLoopBuilder().setSchedule(wsd), "spec.loop.schedule.params.decay_ratio");
    }

    @Test
    void refusesWhatIsForNewModelsOnly() {
        assertRefused(
                spec -> spec.setParametrization(MethodChoice.newBuilder().setName("standard")), "spec.parametrization");
        assertRefused(
                spec -> spec.setPacking(true)
                        .setBase(KnownVersions.name("encoder"))
                        .setObjective(MethodChoice.newBuilder().setName("classification")),
                "spec.packing");
    }

    private void assertNewModelRefused(String key, double value, String field) {
        assertRefused(
                spec -> spec.setNewModel(NewModel.newBuilder()
                        .setConfig(config().putFields(key, number(value).build()))
                        .setTokenizerFrom(KnownVersions.name("decoder"))),
                field);
    }

    private void assertRefused(Consumer<TrainSpec.Builder> change, String... fields) {
        assertThat(fields(refused(change))).containsExactlyInAnyOrder(fields);
    }

    private Job submit(Consumer<TrainSpec.Builder> change) {
        TrainSpec.Builder spec = continued();
        change.accept(spec);
        SubmitTrainRequest request = SubmitTrainRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.train(TENANT, request, call("", "hash", false));
    }

    private GraftException refused(Consumer<TrainSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
