package io.graft.finetuning.domain;

import static io.graft.finetuning.domain.Calls.TENANT;
import static io.graft.finetuning.domain.Calls.call;
import static io.graft.finetuning.domain.Calls.classification;
import static io.graft.finetuning.domain.Calls.fields;
import static io.graft.finetuning.domain.Calls.method;
import static io.graft.finetuning.domain.Calls.number;
import static io.graft.finetuning.domain.Calls.refusal;
import static io.graft.finetuning.domain.Calls.text;
import static io.graft.finetuning.domain.Calls.texts;
import static io.graft.finetuning.domain.Calls.truth;
import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.servicekit.KnownVersions;
import io.graft.platform.servicekit.store.JobStores;
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetSchema;
import io.graft.v1.DatasetVersion;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.MethodChoice;
import io.graft.v1.OutputForm;
import io.graft.v1.SubmitFinetuneRequest;
import io.graft.v1.TensorSpec;
import io.graft.v1.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of the catalogue's lists of what is refused, as far as a service can know. */
final class FinetuneRefusalTest {
    private final KnownVersions known = KnownVersions.standard();
    private final Submissions submissions = new Submissions(JobStores.fresh(), known, MethodCatalog.load());

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refused(spec -> spec.clear()
                .setOutputModel("tuned")
                .setObjective(MethodChoice.newBuilder().setName("magic"))
                .setOutputValue(99)
                .setLoop(spec.getLoopBuilder()
                        .setBatchSize(-1)
                        .setMaxGradNorm(Double.NaN)
                        .setSeed(-1)
                        .setLongRowsValue(99)));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "spec.base",
                        "spec.output_model",
                        "spec.objective.name",
                        "spec.data.dataset",
                        "spec.output",
                        "spec.loop.epochs",
                        "spec.loop.batch_size",
                        "spec.loop.max_grad_norm",
                        "spec.loop.seed",
                        "spec.loop.long_rows");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 0, 1.5})
    void refusesARateThatIsNoneAndOneAboveOneWithAdamw(double rate) {
        assertRefused(
                spec -> spec.getLoopBuilder().setOptimizer(method("adamw", "lr", number(rate))),
                "spec.loop.optimizer.params.lr");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 0, -1, 1001})
    void refusesEpochsOutOfRange(double epochs) {
        assertRefused(spec -> spec.getLoopBuilder().setEpochs(epochs), "spec.loop.epochs");
    }

    @Test
    void refusesNeitherEpochsNorSteps() {
        assertRefused(spec -> spec.getLoopBuilder().clearLength(), "spec.loop.epochs");
    }

    @ParameterizedTest
    @CsvSource({
        "r, 0",
        "r, -1",
        "alpha, 0",
        "alpha, -2",
        "alpha, NaN",
        "dropout, 1",
        "dropout, -0.1",
        "loraplus_ratio, 0"
    })
    void refusesSettingsOfLoraOutOfRange(String param, double value) {
        assertRefused(spec -> spec.setAdapter(method("lora", param, number(value))), "spec.adapter.params." + param);
    }

    @Test
    void refusesARankAboveWhatTheModuleCanUse() {
        assertRefused(spec -> spec.setAdapter(method("lora", "r", number(9))), "spec.adapter.params.r");
    }

    @Test
    void refusesUnknownMethodsAndParameters() {
        assertRefused(spec -> spec.setAdapter(MethodChoice.newBuilder().setName("lola")), "spec.adapter.name");
        assertRefused(spec -> spec.setAdapter(method("lora", "ranc", number(4))), "spec.adapter.params.ranc");
        assertRefused(spec -> spec.setAdapter(method("full", "r", number(4))), "spec.adapter.params.r");
        assertRefused(
                spec -> spec.getLoopBuilder()
                        .setSchedule(MethodChoice.newBuilder().setName("zigzag")),
                "spec.loop.schedule.name");
    }

    @Test
    void refusesTargetsThatMatchNothingOrAreNoExpression() {
        assertThat(refused(spec -> spec.setAdapter(method("lora", "target_modules", texts("qery"))))
                        .getMessage())
                .contains("matches no linear module", "did you mean query");
        assertRefused(
                spec -> spec.setAdapter(method("lora", "target_modules", text(".*nothing"))),
                "spec.adapter.params.target_modules");
        assertRefused(
                spec -> spec.setAdapter(method("lora", "target_modules", text("("))),
                "spec.adapter.params.target_modules");
    }

    @Test
    void refusesPatternsThatTakeTooLong() {
        assertThat(refused(spec -> spec.setAdapter(method("lora", "target_modules", text("(([a-z.0-9]+)+)+!"))))
                        .getMessage())
                .contains("spec.adapter.params.target_modules", "takes too long");
        assertRefused(
                spec -> spec.setAdapter(method("lora", "target_modules", text("x".repeat(501)))),
                "spec.adapter.params.target_modules");
    }

    @Test
    void refusesARankPatternThatIsNoneOrTooLarge() {
        assertRefused(
                spec -> spec.setAdapter(method("lora", "rank_pattern", ranks("(", 4))),
                "spec.adapter.params.rank_pattern.(");
        assertRefused(
                spec -> spec.setAdapter(method("lora", "rank_pattern", ranks("query", 9))), "spec.adapter.params.r");
    }

    @Test
    void refusesSettingsOfLoraThatExcludeEachOther() {
        MethodChoice.Builder layers = method("lora", "target_modules", text(".*query"));
        layers.getParamsBuilder().putFields("layers_to_transform", list(0));
        assertRefused(spec -> spec.setAdapter(layers), "spec.adapter.params.layers_to_transform");
        assertRefused(
                spec -> spec.setAdapter(method("lora", "layers_pattern", texts("layer"))),
                "spec.adapter.params.layers_pattern");
        MethodChoice.Builder dora = method("lora", "use_dora", truth(true));
        dora.getParamsBuilder().putFields("init", text("pissa").build());
        assertRefused(spec -> spec.setAdapter(dora), "spec.adapter.params.use_dora");
        MethodChoice.Builder embedding = method("lora", "use_dora", truth(true));
        embedding
                .getParamsBuilder()
                .putFields("target_modules", texts("word_embeddings").build());
        assertRefused(spec -> spec.setAdapter(embedding), "spec.adapter.params.target_modules");
    }

    @Test
    void refusesAnEmptyDatasetAndOneWithoutTheColumns() {
        known.putDataset(KnownVersions.reviews().setRowCount(0));
        assertRefused(spec -> {}, "spec.data.dataset");
        known.putDataset(KnownVersions.reviews()
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("text", ColumnType.COLUMN_TYPE_DECIMAL))));
        assertRefused(spec -> {}, "spec.data.columns.text", "spec.data.columns.label");
    }

    @Test
    void refusesLabelsThatAreNoClasses() {
        assertRefused(spec -> spec.getDataBuilder().addClasses("negative").addClasses("neutral"), "spec.data.classes");
        known.putDataset(labels(ColumnType.COLUMN_TYPE_INTEGER, "-1", "0", "1"));
        assertRefused(spec -> {}, "spec.data.columns.label");
        known.putDataset(labels(ColumnType.COLUMN_TYPE_TEXT, "only"));
        assertRefused(spec -> {}, "spec.data.classes");
        known.putDataset(labels(ColumnType.COLUMN_TYPE_TEXT));
        assertRefused(spec -> {}, "spec.data.columns.label");
    }

    @Test
    void refusesRowsLongerThanTheModelTakes() {
        assertRefused(spec -> spec.getLoopBuilder().setMaxLength(65), "spec.loop.max_length");
    }

    @Test
    void refusesAScheduleLongerThanTheRunOrAboveTheRate() {
        assertRefused(
                spec -> spec.getLoopBuilder().setSchedule(method("linear", "warmup_steps", number(21))),
                "spec.loop.schedule.params.warmup_steps");
        assertRefused(
                spec -> spec.getLoopBuilder().setSchedule(method("cosine", "min_lr", number(0.5))),
                "spec.loop.schedule.params.min_lr");
    }

    @Test
    void refusesToWatchWhatIsNotEvaluated() {
        assertRefused(
                spec -> spec.getLoopBuilder()
                        .setEvalEverySteps(5)
                        .setStopping(MethodChoice.newBuilder().setName("early_stopping")),
                "spec.loop.eval_every_steps",
                "spec.loop.stopping");
    }

    @Test
    void refusesToWatchWhatNoEvaluationMeasures() {
        assertThat(refused(spec -> {
                            spec.getDataBuilder().getHoldoutBuilder().setFraction(0.2);
                            spec.getLoopBuilder().setStopping(method("early_stopping", "metric", text("eval_f1")));
                        })
                        .getMessage())
                .contains("spec.loop.stopping.params.metric", "eval_loss, eval_accuracy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenants/default/models/../base", "tenants/default/models/a/b", "../tuned", "tuned"})
    void refusesNamesThatLeadElsewhere(String name) {
        assertRefused(spec -> spec.setOutputModel(name), "spec.output_model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora", "full"})
    void refusesAQuantisedBase(String adapter) {
        List<TensorSpec> tensors = new ArrayList<>(KnownVersions.encoderTensors());
        tensors.set(1, KnownVersions.tensor("bert.encoder.layer.0.attention.self.query.weight", "U8", 32, 1));
        known.put(KnownVersions.encoder("encoder"), tensors);

        assertThat(refused(spec -> spec.setAdapter(MethodChoice.newBuilder().setName(adapter)))
                        .getMessage())
                .contains("spec.base", "is quantised: bert.encoder.layer.0.attention.self.query.weight is U8");
    }

    @Test
    void refusesATokenizerWithMoreTokensThanTheBase() {
        known.put(
                KnownVersions.encoder("encoder")
                        .setVocabulary(Vocabulary.newBuilder().setSize(17).setDigest("sha256:others")),
                KnownVersions.encoderTensors());
        assertRefused(spec -> {}, "spec.base");
    }

    @Test
    void refusesAHoldoutThatLeavesNothing() {
        assertRefused(spec -> spec.getDataBuilder().getHoldoutBuilder().setFraction(1), "spec.data.holdout.fraction");
        assertRefused(
                spec -> spec.getDataBuilder().getHoldoutBuilder().setFraction(1e-9), "spec.data.holdout.fraction");
        assertRefused(spec -> spec.getDataBuilder().getHoldoutBuilder().setSplit("train"), "spec.data.holdout.split");
        assertRefused(spec -> spec.getDataBuilder().getHoldoutBuilder().setSplit("dev"), "spec.data.holdout.split");
    }

    @Test
    void refusesABaseThatCanNotLearnTheTask() {
        assertRefused(spec -> spec.setObjective(MethodChoice.newBuilder().setName("causal_lm")), "spec.base");
        known.put(KnownVersions.encoder("encoder").clearVocabulary(), KnownVersions.encoderTensors());
        assertRefused(spec -> {}, "spec.base");
    }

    @Test
    void refusesAnAdapterWhereEveryWeightIsTrained() {
        assertRefused(
                spec -> spec.setAdapter(MethodChoice.newBuilder().setName("full"))
                        .setOutput(OutputForm.OUTPUT_FORM_ADAPTER),
                "spec.output");
    }

    @Test
    void refusesTwoFormsOfRowsAndHalfOfOne() {
        assertRefused(
                spec -> {
                    spec.setBase(KnownVersions.name("decoder"))
                            .setObjective(MethodChoice.newBuilder().setName("causal_lm"));
                    spec.getDataBuilder().getColumnsBuilder().setText("text").setPrompt("question");
                },
                "spec.data.columns.text",
                "spec.data.columns.completion");
    }

    private void assertRefused(Consumer<FinetuneSpec.Builder> change, String... fields) {
        assertThat(fields(refused(change))).containsExactlyInAnyOrder(fields);
    }

    private GraftException refused(Consumer<FinetuneSpec.Builder> change) {
        FinetuneSpec.Builder spec = classification();
        change.accept(spec);
        SubmitFinetuneRequest request = SubmitFinetuneRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return refusal(() -> submissions.finetune(TENANT, request, call("", "hash", true)));
    }

    private static DatasetVersion.Builder labels(ColumnType type, String... labels) {
        return KnownVersions.reviews()
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("text", ColumnType.COLUMN_TYPE_TEXT))
                        .addColumns(KnownVersions.column("label", type).addAllLabels(List.of(labels))));
    }

    private static com.google.protobuf.Value.Builder ranks(String pattern, double rank) {
        com.google.protobuf.Value.Builder ranks = com.google.protobuf.Value.newBuilder();
        ranks.getStructValueBuilder().putFields(pattern, number(rank).build());
        return ranks;
    }

    private static com.google.protobuf.Value list(double number) {
        com.google.protobuf.Value.Builder list = com.google.protobuf.Value.newBuilder();
        list.getListValueBuilder().addValues(number(number));
        return list.build();
    }
}
