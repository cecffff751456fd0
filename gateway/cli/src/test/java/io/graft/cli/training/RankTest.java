package io.graft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.FeatureNorm;
import io.graft.v1.FeatureNormalisation;
import io.graft.v1.FeaturePooling;
import io.graft.v1.Job;
import io.graft.v1.JobResult;
import io.graft.v1.LongRows;
import io.graft.v1.ModelRanking;
import io.graft.v1.RankSpec;
import io.graft.v1.RankedVersion;
import io.graft.v1.SubmitRankingRequest;
import io.graft.v1.TransferabilityMetric;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankTest {
    private static final String MODELS = "tenants/default/models/";

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        services.on(
                EvaluationServiceGrpc.getSubmitRankingMethod(),
                request -> Job.newBuilder()
                        .setName("tenants/default/jobs/rank-1")
                        .setResult(JobResult.newBuilder()
                                .addRankings(ModelRanking.newBuilder()
                                        .setMetric(TransferabilityMetric.TRANSFERABILITY_METRIC_LOGME)
                                        .addVersions(RankedVersion.newBuilder()
                                                .setVersion(MODELS + "gte/versions/3")
                                                .setScore(0.5))
                                        .addVersions(RankedVersion.newBuilder()
                                                .setVersion(MODELS + "bge/versions/1")
                                                .setScore(0.25))))
                        .build());
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void theOptionsReachTheSpecAndTheRankingIsShown() {
        CommandRun run = run("rank bge/1 gte/3 --data reviews/2 --split train --holdout 0.2 --metric tmi --metric logme"
                + " --pooling first --neighbour 5 --min-dist 0.001 --norm l2 --normalise pca --components 32"
                + " --max-samples 500 --seed 4 --batch-size 8 --max-length 64 --refuse-long");

        assertThat(run.exit()).as(run.err()).isZero();
        RankSpec spec = services.requests(SubmitRankingRequest.class).getFirst().getSpec();
        assertThat(spec.getVersionsList()).containsExactly(MODELS + "bge/versions/1", MODELS + "gte/versions/3");
        assertThat(spec.getTarget().getDataset()).isEqualTo("tenants/default/datasets/reviews/versions/2");
        assertThat(spec.getTarget().getHoldout().getFraction()).isEqualTo(0.2);
        assertThat(spec.getMetricsList())
                .containsExactly(
                        TransferabilityMetric.TRANSFERABILITY_METRIC_TMI,
                        TransferabilityMetric.TRANSFERABILITY_METRIC_LOGME);
        assertThat(spec.getPooling()).isEqualTo(FeaturePooling.FEATURE_POOLING_FIRST);
        assertThat(spec.getK()).isEqualTo(5);
        assertThat(spec.getMinDist()).isEqualTo(0.001);
        assertThat(spec.getNorm()).isEqualTo(FeatureNorm.FEATURE_NORM_L2);
        assertThat(spec.getNormalise()).isEqualTo(FeatureNormalisation.FEATURE_NORMALISATION_PCA);
        assertThat(spec.getComponents()).isEqualTo(32);
        assertThat(spec.getMaxSamples()).isEqualTo(500);
        assertThat(spec.getSeed()).isEqualTo(4);
        assertThat(spec.getBatchSize()).isEqualTo(8);
        assertThat(spec.getMaxLength()).isEqualTo(64);
        assertThat(spec.getLongRows()).isEqualTo(LongRows.LONG_ROWS_REFUSE);
        assertThat(run.out()).contains("logme: gte/3 0.5, bge/1 0.25");
    }

    @Test
    void whatIsNotSaidIsLeftToTheService() {
        assertThat(run("rank bge/1 gte/3 --data reviews/2 --layer encoder.layer.3.output.dense")
                        .exit())
                .isZero();

        RankSpec spec = services.requests(SubmitRankingRequest.class).getFirst().getSpec();
        assertThat(spec.getMetricsCount()).isZero();
        assertThat(spec.hasMinDist()).isFalse();
        assertThat(spec.getLayer()).isEqualTo("encoder.layer.3.output.dense");
        assertThat(spec.getPooling()).isEqualTo(FeaturePooling.FEATURE_POOLING_UNSPECIFIED);
    }

    @Test
    void oneVersionIsNoRanking() {
        assertThat(run("rank bge/1 --data reviews/2").exit()).isEqualTo(2);
    }

    private CommandRun run(String line) {
        return CommandRun.of(services, home, line.split(" "));
    }
}
