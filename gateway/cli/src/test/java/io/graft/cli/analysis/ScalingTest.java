package io.graft.cli.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.ConfidenceInterval;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.FitScalingLawRequest;
import io.graft.v1.FitScalingLawResponse;
import io.graft.v1.ScalingLawKind;
import io.graft.v1.ScalingPoint;
import io.graft.v1.ScalingPrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalingTest {
    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @BeforeEach
    void prepare() {
        services.on(
                EvaluationServiceGrpc.getFitScalingLawMethod(),
                request -> FitScalingLawResponse.newBuilder()
                        .addPredictions(ScalingPrediction.newBuilder()
                                .setSize(3e9)
                                .setScore(27.5)
                                .setInterval(ConfidenceInterval.newBuilder()
                                        .setLow(26.25)
                                        .setHigh(28.5)))
                        .addWarnings("do not plan by it")
                        .build());
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void aTableReachesTheServiceAndItsPredictionsAreShown() throws IOException {
        CommandRun run = run("size, loss, score\n1e6,3.5,20\n2e6,3.25,22.5\n\n", "--predict 3e9 --holdout 1 --seed 4");

        assertThat(run.exit()).isZero();
        assertThat(services.requests(FitScalingLawRequest.class))
                .containsExactly(FitScalingLawRequest.newBuilder()
                        .setParent("tenants/default")
                        .setKind(ScalingLawKind.SCALING_LAW_KIND_LOG_LAW)
                        .addPoints(point(1e6, 20))
                        .addPoints(point(2e6, 22.5))
                        .addLosses(point(1e6, 3.5))
                        .addLosses(point(2e6, 3.25))
                        .addSizes(3e9)
                        .setHoldoutLast(1)
                        .setSeed(4)
                        .build());
        assertThat(run.out()).contains("27.5").contains("26.25  28.5").contains("warning: do not plan by it");
    }

    @Test
    void whatIsNoTableIsNamedByItsLine() throws IOException {
        CommandRun heading = run("1e6,20\n", "");
        CommandRun value = run("size,score\n1e6,20\n2e6,many\n", "");
        CommandRun missing = run("size,score\n1e6\n", "");

        assertThat(heading.exit()).isEqualTo(2);
        assertThat(heading.err()).contains("the first line names the columns");
        assertThat(value.exit()).isEqualTo(2);
        assertThat(value.err()).contains(":3 has 'many' as score");
        assertThat(missing.err()).contains(":2 has 1 values");
    }

    private static ScalingPoint point(double size, double score) {
        return ScalingPoint.newBuilder().setSize(size).setScore(score).build();
    }

    private CommandRun run(String csv, String options) throws IOException {
        Path file = Files.writeString(home.resolve("points.csv"), csv);
        return CommandRun.of(services, home, ("scaling fit " + file + " --kind score " + options).split(" "));
    }
}
