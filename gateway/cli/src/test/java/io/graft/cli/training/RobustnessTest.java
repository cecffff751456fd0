package io.graft.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.EvaluationServiceGrpc;
import io.graft.v1.Job;
import io.graft.v1.JobResult;
import io.graft.v1.RobustnessAttack;
import io.graft.v1.RobustnessSpec;
import io.graft.v1.SubmitRobustnessRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTest {
    private static final String MODELS = "tenants/default/models/";

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void anAttackReachesItsSpecAndShowsItsNumbers() {
        services.on(
                EvaluationServiceGrpc.getSubmitRobustnessMethod(),
                request -> Job.newBuilder()
                        .setName("tenants/default/jobs/robustness-1")
                        .setResult(JobResult.newBuilder().putMetrics("success_rate", 0.7))
                        .build());

        CommandRun run = run("robustness birds/2 --data birds/1 --split test --attack random --eps 0.1 --budget 50"
                + " --surrogate small/1 --sibling birds/1 --sibling other/3 --max-samples 20 --seed 4 --attribution");
        run("robustness birds/2 --data birds/1 --population 4 --crossover 0.25 --mutation 0");

        assertThat(run.out()).contains("success_rate = 0.7");
        RobustnessSpec random =
                services.requests(SubmitRobustnessRequest.class).getFirst().getSpec();
        assertThat(random.getVersion()).isEqualTo(MODELS + "birds/versions/2");
        assertThat(random.getAttack()).isEqualTo(RobustnessAttack.ROBUSTNESS_ATTACK_RANDOM);
        assertThat(random.getEps()).isEqualTo(0.1);
        assertThat(random.getBudget()).isEqualTo(50);
        assertThat(random.hasPopulation()).isFalse();
        assertThat(random.getSurrogate()).isEqualTo(MODELS + "small/versions/1");
        assertThat(random.getSiblingsList()).containsExactly(MODELS + "birds/versions/1", MODELS + "other/versions/3");
        assertThat(random.getMaxSamples()).isEqualTo(20);
        assertThat(random.getSeed()).isEqualTo(4);
        assertThat(random.getAttribution()).isTrue();
        RobustnessSpec genetic =
                services.requests(SubmitRobustnessRequest.class).getLast().getSpec();
        assertThat(genetic.getPopulation()).isEqualTo(4);
        assertThat(genetic.getCrossover()).isEqualTo(0.25);
        assertThat(genetic.hasMutation()).isTrue();
        assertThat(genetic.hasEps()).isFalse();
    }

    @Test
    void anAddressIsNoVersion() {
        assertThat(run("robustness http://elsewhere/model --data birds/1").exit())
                .isEqualTo(2);
        assertThat(services.requests(SubmitRobustnessRequest.class)).isEmpty();
    }

    private CommandRun run(String line) {
        return CommandRun.of(services, home, line.split(" "));
    }
}
