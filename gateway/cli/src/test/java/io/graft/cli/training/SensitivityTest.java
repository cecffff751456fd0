package io.graft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.Job;
import io.graft.v1.JobResult;
import io.graft.v1.RateSweep;
import io.graft.v1.SensitivitySpec;
import io.graft.v1.SubmitSensitivityRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitivityTest {
    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void aMeasurementReachesItsSpecAndShowsItsNumbers() {
        services.on(
                EvaluationServiceGrpc.getSubmitSensitivityMethod(),
                request -> Job.newBuilder()
                        .setName("tenants/default/jobs/sensitivity-1")
                        .setResult(JobResult.newBuilder().putMetrics("sharpness", 12.5))
                        .build());

        CommandRun run = CommandRun.of(
                services,
                home,
                ("sensitivity bge/2 --objective classification --data reviews/1 --holdout 0.2 --hessian-rows 64"
                                + " --max-iterations 50 --min-rate 1e-5 --max-rate 1e-2 --points 5 --steps 30"
                                + " --optimizer sgd --set optimizer.momentum=0.9 --max-grad-norm 0 --seed 4")
                        .split(" "));

        assertThat(run.out()).contains("sharpness = 12.5");
        SensitivitySpec spec =
                services.requests(SubmitSensitivityRequest.class).getFirst().getSpec();
        assertThat(spec.getVersion()).isEqualTo("tenants/default/models/bge/versions/2");
        assertThat(spec.getData().getHoldout().getFraction()).isEqualTo(0.2);
        assertThat(spec.getHessianRows()).isEqualTo(64);
        assertThat(spec.getMaxIterations()).isEqualTo(50);
        assertThat(spec.getSeed()).isEqualTo(4);
        RateSweep sweep = spec.getSweep();
        assertThat(sweep.getMinRate()).isEqualTo(1e-5);
        assertThat(sweep.getMaxRate()).isEqualTo(1e-2);
        assertThat(sweep.getPoints()).isEqualTo(5);
        assertThat(sweep.getSteps()).isEqualTo(30);
        assertThat(sweep.hasMaxGradNorm()).isTrue();
        assertThat(sweep.getOptimizer().getName()).isEqualTo("sgd");
        assertThat(sweep.getOptimizer().getParams().getFieldsOrThrow("momentum").getNumberValue())
                .isEqualTo(0.9);
    }
}
