package io.graft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.FeaturePooling;
import io.graft.v1.InvarianceMetric;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.Job;
import io.graft.v1.JobResult;
import io.graft.v1.PictureChange;
import io.graft.v1.PictureTransform;
import io.graft.v1.SubmitInvarianceRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvarianceTest {
    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        services.on(
                EvaluationServiceGrpc.getSubmitInvarianceMethod(),
                request -> Job.newBuilder()
                        .setName("tenants/default/jobs/invariance-1")
                        .setResult(JobResult.newBuilder().putMetrics("shift", 0.75))
                        .build());
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void theOptionsReachTheSpec() {
        CommandRun run =
                run("invariance eye/2 --data digits/1 --split train --change shift=2 --change Flip --metric cka"
                        + " --layer layers.0 --layer classifier --pooling first --samples 300 --seed-a 3 --seed-b 4"
                        + " --batch-size 8");

        assertThat(run.exit()).as(run.err()).isZero();
        InvarianceSpec spec =
                services.requests(SubmitInvarianceRequest.class).getFirst().getSpec();
        assertThat(spec.getVersion()).isEqualTo("tenants/default/models/eye/versions/2");
        assertThat(spec.getData().getSplit()).isEqualTo("train");
        assertThat(spec.getTransformsList())
                .containsExactly(
                        PictureTransform.newBuilder()
                                .setChange(PictureChange.PICTURE_CHANGE_SHIFT)
                                .setRange(2)
                                .build(),
                        PictureTransform.newBuilder()
                                .setChange(PictureChange.PICTURE_CHANGE_FLIP)
                                .build());
        assertThat(spec.getMetric()).isEqualTo(InvarianceMetric.INVARIANCE_METRIC_CKA);
        assertThat(spec.getLayersList()).containsExactly("layers.0", "classifier");
        assertThat(spec.getPooling()).isEqualTo(FeaturePooling.FEATURE_POOLING_FIRST);
        assertThat(spec.getN()).isEqualTo(300);
        assertThat(spec.getSeedA()).isEqualTo(3);
        assertThat(spec.getSeedB()).isEqualTo(4);
        assertThat(spec.getBatchSize()).isEqualTo(8);
        assertThat(run.out()).contains("shift = 0.75");
    }

    @Test
    void unknownChangesAndRangesAreExplained() {
        assertThat(run("invariance eye/2 --data digits/1 --change smear").err()).contains("smear", "shift, flip");
        assertThat(run("invariance eye/2 --data digits/1 --change shift=far").err())
                .contains("the range is a number");
        assertThat(run("invariance eye/2 --data digits/1").exit()).isEqualTo(2);
    }

    private CommandRun run(String line) {
        return CommandRun.of(services, home, line.split(" "));
    }
}
