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
import io.graft.v1.ColumnType;
import io.graft.v1.DatasetSchema;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.Job;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.TrainingData;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LanguageTaskSubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @BeforeEach
    void questionsAreThere() {
        known.put(KnownVersions.decoder("tuned").setDigest("sha256:tuned"), KnownVersions.decoderTensors());
        known.putDataset(KnownVersions.reviews()
                .setName(KnownVersions.datasetName("questions"))
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("question", ColumnType.COLUMN_TYPE_TEXT))
                        .addColumns(KnownVersions.column("options", ColumnType.COLUMN_TYPE_LIST))
                        .addColumns(KnownVersions.column("right", ColumnType.COLUMN_TYPE_INTEGER))));
    }

    @Test
    void fillsInWhatAChoiceLeavesOut() throws InvalidProtocolBufferException {
        EvaluateSpec spec = effective(asked -> {
            choice(asked);
            asked.getAgainstBuilder().setVersion(KnownVersions.name("tuned"));
            asked.getGateBuilder();
        });

        assertThat(spec.getTask().getName()).isEqualTo("multiple_choice");
        assertThat(spec.getTask().getChoice().getDelimiter()).isEqualTo(" ");
        assertThat(spec.getTask().getChoice().getMetricsList()).containsExactly("acc", "acc_norm");
        assertThat(spec.getGate().getMetric()).isEqualTo("acc");
        assertThat(spec.getMaxLength()).isZero();
        assertThat(spec.hasObjective()).isFalse();
    }

    @Test
    void anAnswerLeavesRoomForThePrompt() throws InvalidProtocolBufferException {
        assertThat(effective(asked -> answer(asked, 0)).getTask().getAnswer().getMaxNewTokens())
                .as("half of the 64 tokens that the network reads")
                .isEqualTo(32);
        assertThat(fields(refused(asked -> answer(asked, 64)))).containsExactly("spec.task.answer.max_new_tokens");
    }

    @Test
    void oneThingIsMeasuredAndNothingElseGoesWithIt() {
        assertThat(fields(refused(asked -> {
                    choice(asked);
                    asked.setHead(KnownVersions.name("tuned"))
                            .setMaxLength(32)
                            .getObjectiveBuilder()
                            .setName("causal_lm");
                    asked.getEmbeddingBuilder().getRetrievalBuilder();
                    asked.getDataBuilder().addClasses("a").getColumnsBuilder().setText("question");
                    asked.getDataBuilder().getHoldoutBuilder().setFraction(0.1);
                })))
                .contains(
                        "spec.objective",
                        "spec.embedding",
                        "spec.head",
                        "spec.max_length",
                        "spec.data.classes",
                        "spec.data.columns",
                        "spec.data.holdout");
        assertThat(fields(refused(asked -> asked.getTaskBuilder().setName("Nothing at all"))))
                .containsExactlyInAnyOrder("spec.task.name", "spec.task.choice");
    }

    @Test
    void namesEveryPartThatIsMissingOrUnknown() {
        assertThat(fields(refused(asked -> asked.getTaskBuilder()
                        .getChoiceBuilder()
                        .addChoices("one")
                        .setChoicesColumn("options")
                        .addMetrics("bleu"))))
                .containsExactlyInAnyOrder(
                        "spec.task.choice.prompt",
                        "spec.task.choice.answer",
                        "spec.task.choice.choices",
                        "spec.task.choice.choices",
                        "spec.task.choice.metrics");
        assertThat(fields(refused(asked -> asked.getTaskBuilder()
                        .getAnswerBuilder()
                        .addStop("")
                        .setMaxNewTokens(-1)
                        .addMetrics("acc"))))
                .containsExactlyInAnyOrder(
                        "spec.task.answer.prompt",
                        "spec.task.answer.completion",
                        "spec.task.answer.stop",
                        "spec.task.answer.max_new_tokens",
                        "spec.task.answer.metrics");
        assertThat(fields(refused(
                        asked -> asked.getTaskBuilder().getPerplexityBuilder().addMetrics("acc"))))
                .containsExactlyInAnyOrder("spec.task.perplexity.text", "spec.task.perplexity.metrics");
    }

    @Test
    void refusesColumnsAndNetworksThatDoNotFit() {
        assertThat(fields(refused(asked -> {
                    choice(asked);
                    asked.getTaskBuilder()
                            .getChoiceBuilder()
                            .setPrompt("{{ query | trim }}")
                            .setChoicesColumn("question");
                })))
                .containsExactlyInAnyOrder("spec.task.choice.prompt", "spec.task.choice.choices_column");
        assertThat(fields(refused(asked -> {
                    choice(asked);
                    asked.setVersion(KnownVersions.name("encoder"));
                })))
                .containsExactly("spec.version");
    }

    @Test
    void templatesWithStatementsAreLeftToTheWorker() throws InvalidProtocolBufferException {
        String template = "{% set query = question %}{{ query }}";

        EvaluateSpec spec = effective(asked -> {
            choice(asked);
            asked.getTaskBuilder().getChoiceBuilder().setPrompt(template);
        });

        assertThat(spec.getTask().getChoice().getPrompt()).isEqualTo(template);
    }

    private static void choice(EvaluateSpec.Builder spec) {
        spec.getTaskBuilder()
                .getChoiceBuilder()
                .setPrompt("{{question}}")
                .setChoicesColumn("options")
                .setAnswer("{{right}}");
    }

    private static void answer(EvaluateSpec.Builder spec, int tokens) {
        spec.getTaskBuilder()
                .getAnswerBuilder()
                .setPrompt("{{question}}")
                .setCompletion("{{right}}")
                .setMaxNewTokens(tokens);
    }

    private EvaluateSpec effective(Consumer<EvaluateSpec.Builder> change) throws InvalidProtocolBufferException {
        return submit(change).getSpec().unpack(EvaluateSpec.class);
    }

    private Job submit(Consumer<EvaluateSpec.Builder> change) {
        EvaluateSpec.Builder spec = EvaluateSpec.newBuilder()
                .setVersion(KnownVersions.name("decoder"))
                .setData(TrainingData.newBuilder().setDataset(KnownVersions.datasetName("questions")));
        change.accept(spec);
        SubmitEvaluationRequest request = SubmitEvaluationRequest.newBuilder()
                .setParent(TENANT.toString())
                .setSpec(spec)
                .build();
        return submissions.evaluate(TENANT, request, call("", "hash", false));
    }

    private GraftException refused(Consumer<EvaluateSpec.Builder> change) {
        return refusal(() -> submit(change));
    }
}
