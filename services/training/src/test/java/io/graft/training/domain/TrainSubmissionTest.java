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
import com.google.protobuf.Value;
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
import io.graft.v1.Vocabulary;
import java.util.List;
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
    void refusesRatesOfTheScheduleAboveTheOptimizers() {
        assertRefused(
                spec -> spec.getLoopBuilder().setSchedule(method("rewarm_redecay", "min_lr", number(0.9))),
                "spec.loop.schedule.params.min_lr");
        MethodChoice.Builder infinite = method("infinite", "const_lr", number(0.9));
        infinite.getParamsBuilder()
                .putFields("cooldown_steps", number(10).build())
                .putFields("min_lr", number(1e-6).build());
        assertRefused(spec -> spec.getLoopBuilder().setSchedule(infinite), "spec.loop.schedule.params.const_lr");
    }

    @Test
    void refusesNoRowsNoLengthAndMetricsThatAreNone() {
        assertRefused(spec -> spec.getLoopBuilder().clearLength(), "spec.loop.epochs");
        assertRefused(
                spec -> {
                    spec.getDataBuilder().getHoldoutBuilder().setFraction(0.2);
                    spec.getLoopBuilder().setStopping(method("early_stopping", "metric", text("eval_accuracy")));
                },
                "spec.loop.stopping.params.metric");
        known.putDataset(KnownVersions.reviews().setRowCount(0));
        assertRefused(spec -> {}, "spec.data.dataset");
    }

    @Test
    void refusesABaseThatIsQuantisedOrReadsOtherTokens() {
        known.put(
                KnownVersions.decoder("decoder")
                        .setVocabulary(Vocabulary.newBuilder().setSize(17).setDigest("sha256:others")),
                List.of(KnownVersions.tensor("lm_head.qweight", "I32", 16, 1)));

        GraftException refused = refused(spec -> {});

        assertThat(fields(refused)).containsExactly("spec.base", "spec.base");
        assertThat(refused).hasMessageContainingAll("lm_head.qweight is I32", "17 tokens", "embeddings for 16");
    }

    @Test
    void warnsThatAnAnnealedBaseNeedsRewarming() {
        MethodChoice.Builder infinite = method("infinite", "const_lr", number(1e-4));
        infinite.getParamsBuilder()
                .putFields("cooldown_steps", number(10).build())
                .putFields("min_lr", number(1e-6).build());

        Job job = submit(spec -> spec.getLoopBuilder().setSchedule(infinite));

        assertThat(job.getWarningsList())
                .anySatisfy(warning -> assertThat(warning).contains("rewarm_redecay"));
    }

    @Test
    void refusesAWidthThatTheParametrizationCanNotCarryOver() {
        assertScaledRefused("mup", 3, spec -> {}, "spec.parametrization.params.base_width");
        assertScaledRefused(
                "mup",
                4,
                spec -> spec.getNewModelBuilder()
                        .getConfigBuilder()
                        .putFields(
                                "tie_word_embeddings",
                                Value.newBuilder().setBoolValue(true).build()),
                "spec.new_model.config.tie_word_embeddings");
        assertRefused(
                spec -> spec.setNewModel(newModel())
                        .setParametrization(MethodChoice.newBuilder().setName("mup")),
                "spec.parametrization.params.base_width");
    }

    @Test
    void refusesLayerwiseDecayWithoutASteadyState() {
        assertScaledRefused(
                "mup_layerwise_wd",
                4,
                spec -> spec.getLoopBuilder().setOptimizer(method("adamw", "weight_decay", number(0))),
                "spec.loop.optimizer.params.weight_decay");
        MethodChoice.Builder vanishing = method("adamw", "weight_decay", number(2));
        vanishing.getParamsBuilder().putFields("lr", number(0.5).build());
        assertScaledRefused(
                "mup_layerwise_wd",
                4,
                spec -> spec.getLoopBuilder().setOptimizer(vanishing),
                "spec.loop.optimizer.params.weight_decay");
        assertScaledRefused(
                "mup_layerwise_wd",
                4,
                spec -> spec.getLoopBuilder().setOptimizer(method("sgd", "weight_decay", number(0.1))),
                "spec.loop.optimizer.name");
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

    private void assertScaledRefused(
            String parametrization, double baseWidth, Consumer<TrainSpec.Builder> change, String field) {
        assertRefused(
                spec -> {
                    spec.setNewModel(newModel())
                            .setParametrization(method(parametrization, "base_width", number(baseWidth)));
                    change.accept(spec);
                },
                field);
    }

    private static NewModel.Builder newModel() {
        return NewModel.newBuilder().setConfig(config()).setTokenizerFrom(KnownVersions.name("decoder"));
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
