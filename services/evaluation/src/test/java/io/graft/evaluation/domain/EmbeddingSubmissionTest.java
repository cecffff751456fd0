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
import io.graft.v1.EmbeddingNeighbours;
import io.graft.v1.EmbeddingPooling;
import io.graft.v1.EmbeddingTask;
import io.graft.v1.EvaluateSpec;
import io.graft.v1.Job;
import io.graft.v1.SubmitEvaluationRequest;
import io.graft.v1.TrainingData;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmbeddingSubmissionTest {
    private final KnownVersions known = KnownVersions.standard();
    private final JobStore jobs = JobStores.fresh();
    private final Submissions submissions = new Submissions(jobs, known, MethodCatalog.load());

    @BeforeEach
    void pairsAreThere() {
        known.put(KnownVersions.encoder("tuned").setDigest("sha256:tuned"), KnownVersions.encoderTensors());
        known.putDataset(KnownVersions.reviews()
                .setName(KnownVersions.datasetName("pairs"))
                .setSchema(DatasetSchema.newBuilder()
                        .addColumns(KnownVersions.column("text", ColumnType.COLUMN_TYPE_TEXT))
                        .addColumns(KnownVersions.column("text_pair", ColumnType.COLUMN_TYPE_TEXT))
                        .addColumns(KnownVersions.column("score", ColumnType.COLUMN_TYPE_DECIMAL))
                        .addColumns(KnownVersions.column("label", ColumnType.COLUMN_TYPE_TEXT)
                                .addLabels("negative")
                                .addLabels("positive"))));
    }

    @Test
    void fillsInColumnsPoolingAndTheGatesMetric() throws InvalidProtocolBufferException {
        EvaluateSpec spec = effective(similar -> {
            similar.getEmbeddingBuilder().getSimilarityBuilder();
            similar.getAgainstBuilder().setVersion(KnownVersions.name("tuned"));
            similar.getGateBuilder();
        });

        assertThat(spec.getEmbedding().getSimilarity().getScore()).isEqualTo("score");
        assertThat(spec.getEmbedding().getPooling()).isEqualTo(EmbeddingPooling.EMBEDDING_POOLING_MEAN);
        assertThat(spec.getData().getColumns().getTextPair()).isEqualTo("text_pair");
        assertThat(spec.getGate().getMetric()).isEqualTo("spearman");
        assertThat(spec.hasObjective()).isFalse();
    }

    @Test
    void fillsInHowManyAreLookedAt() throws InvalidProtocolBufferException {
        assertThat(effective(spec -> spec.getEmbeddingBuilder().getRetrievalBuilder())
                        .getEmbedding()
                        .getRetrieval()
                        .getK())
                .isEqualTo(10);
        EvaluateSpec neighbours = effective(spec -> {
            spec.getEmbeddingBuilder().getNeighboursBuilder();
            spec.getDataBuilder().getHoldoutBuilder().setFraction(0.2);
        });
        assertThat(neighbours.getEmbedding().getNeighbours())
                .isEqualTo(EmbeddingNeighbours.newBuilder()
                        .setK(20)
                        .setTemperature(0.07)
                        .build());
        assertThat(neighbours.getData().getClassesList()).containsExactly("negative", "positive");
    }

    @Test
    void oneThingIsMeasured() {
        assertThat(fields(refused(spec -> {
                    spec.getEmbeddingBuilder().getRetrievalBuilder();
                    spec.getObjectiveBuilder().setName("contrastive");
                    spec.setHead(KnownVersions.name("tuned"));
                })))
                .containsExactlyInAnyOrder("spec.embedding", "spec.head");
        assertThat(fields(refused(spec -> spec.setEmbedding(EmbeddingTask.getDefaultInstance()))))
                .containsExactly("spec.embedding.similarity");
    }

    @Test
    void namesEverySettingOutOfRange() {
        assertThat(fields(refused(spec -> spec.getEmbeddingBuilder()
                        .setPoolingValue(9)
                        .getRetrievalBuilder()
                        .setK(1001))))
                .containsExactlyInAnyOrder("spec.embedding.pooling", "spec.embedding.retrieval.k");
        assertThat(fields(refused(
                        spec -> spec.getEmbeddingBuilder().getProbeBuilder().setL2(0))))
                .containsExactlyInAnyOrder("spec.embedding.probe.l2", "spec.data.holdout");
        assertThat(fields(refused(spec -> spec.getEmbeddingBuilder()
                        .getNeighboursBuilder()
                        .setK(-1)
                        .setTemperature(0))))
                .containsExactlyInAnyOrder(
                        "spec.embedding.neighbours.k", "spec.embedding.neighbours.temperature", "spec.data.holdout");
    }

    @Test
    void refusesWhatDoesNotFitTheVersions() {
        assertThat(fields(refused(spec ->
                        spec.getEmbeddingBuilder().getSimilarityBuilder().setScore("label"))))
                .containsExactly("spec.embedding.similarity.score");
        assertThat(fields(refused(spec -> spec.setVersion(KnownVersions.name("decoder"))
                        .getEmbeddingBuilder()
                        .getRetrievalBuilder())))
                .containsExactly("spec.version");
        assertThat(fields(refused(spec -> {
                    spec.setVersion(KnownVersions.name("decoder"))
                            .getEmbeddingBuilder()
                            .getProbeBuilder();
                    spec.getDataBuilder().getHoldoutBuilder().setFraction(0.2);
                })))
                .as("texts are embedded by encoders, whatever is done with the vectors")
                .containsExactly("spec.version");
    }

    @Test
    void aGateNamesWhatItCouldCompare() {
        GraftException refused = refused(spec -> {
            spec.getEmbeddingBuilder().getRetrievalBuilder().setK(5);
            spec.getAgainstBuilder().setVersion(KnownVersions.name("tuned"));
            spec.getGateBuilder().setMetric("accuracy");
        });

        assertThat(refused.violations().getFirst().description()).contains("name ndcg_at_5 or recall_at_5 or mrr");
    }

    private EvaluateSpec effective(Consumer<EvaluateSpec.Builder> change) throws InvalidProtocolBufferException {
        return submit(change).getSpec().unpack(EvaluateSpec.class);
    }

    private Job submit(Consumer<EvaluateSpec.Builder> change) {
        EvaluateSpec.Builder spec = EvaluateSpec.newBuilder()
                .setVersion(KnownVersions.name("encoder"))
                .setData(TrainingData.newBuilder().setDataset(KnownVersions.datasetName("pairs")));
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
