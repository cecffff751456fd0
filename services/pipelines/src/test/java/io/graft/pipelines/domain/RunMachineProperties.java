package io.graft.pipelines.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.v1.ArtifactKind;
import io.graft.v1.DerivedVersion;
import io.graft.v1.JobState;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the order in which news comes, and however often: each step acts once, and runs end alike. */
final class RunMachineProperties {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final Programs programs = new Programs();
    private final PipelineDocument document = programs.read(Documents.FAN_OUT);
    private final RunMachine machine = programs.machine(document);

    @Property(tries = 200)
    void duplicatesAndReorderingNeverDoubleAnEffect(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int items) {
        Random random = new Random(seed);
        PipelineRun run = machine.items(begun(), "each", items(items), NOW);
        List<News> news = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            for (int copy = 0; copy < 3; copy++) {
                news.add(new News("each/" + i + "/graft", JobState.JOB_STATE_QUEUED));
                news.add(new News("each/" + i + "/graft", JobState.JOB_STATE_SUCCEEDED));
                news.add(new News("each/" + i + "/gate", JobState.JOB_STATE_SUCCEEDED));
            }
            news.add(new News("each/" + i + "/graft", JobState.JOB_STATE_FAILED, 2));
        }
        Collections.shuffle(news, random);
        Map<String, Integer> ends = new HashMap<>();
        for (News one : news) {
            PipelineRun before = run;
            run = machine.job(
                    run, one.step, one.attempt, RunMachineTest.job(one.step.replace('/', '-'), one.state, 0.9), NOW);
            count(before, run, ends);
            assertThat(machine.items(run, "each", items(items + 1), NOW)).isEqualTo(run);
        }
        assertThat(ends.values()).containsOnly(1);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
        assertThat(run.getStepsCount()).isEqualTo(2 + 2 * items);
        assertThat(RunMachineTest.step(run, "each").getResult().getMetricsOrThrow("succeeded"))
                .isEqualTo(items);
    }

    @Property(tries = 100)
    void terminalStepsAbsorbEverything(@ForAll long seed) {
        Random random = new Random(seed);
        PipelineRun run = machine.items(begun(), "each", items(2), NOW);
        run = machine.cancelled(run, "enough", NOW);
        for (int i = 0; i < 2; i++) {
            run = machine.refused(run, "each/" + i + "/graft", 1, "never submitted", NOW);
        }
        PipelineRun ended = run;
        assertThat(ended.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_CANCELLED);
        JobState[] states = {JobState.JOB_STATE_SUCCEEDED, JobState.JOB_STATE_FAILED, JobState.JOB_STATE_RUNNING};
        for (int i = 0; i < 20; i++) {
            String step = "each/" + random.nextInt(2) + "/" + (random.nextBoolean() ? "graft" : "gate");
            JobState state = states[random.nextInt(states.length)];
            run = machine.job(run, step, 1 + random.nextInt(2), RunMachineTest.job("x", state, 0.9), NOW);
            run = machine.promoted(run, step, NOW);
            run = machine.advance(run, NOW.plusSeconds(random.nextInt(100_000)));
            run = machine.begin(run, NOW);
        }
        assertThat(run).isEqualTo(ended);
    }

    private static void count(PipelineRun before, PipelineRun after, Map<String, Integer> ends) {
        Map<String, PipelineStep> old = new HashMap<>();
        before.getStepsList().forEach(step -> old.put(step.getId(), step));
        for (PipelineStep step : after.getStepsList()) {
            PipelineStep earlier = old.getOrDefault(step.getId(), PipelineStep.getDefaultInstance());
            if (StepStates.isTerminal(step.getState()) && !step.getState().equals(earlier.getState())) {
                ends.merge(step.getId(), 1, Integer::sum);
            }
        }
    }

    private PipelineRun begun() {
        PipelineRun run = PipelineRun.newBuilder()
                .setName("tenants/default/pipelines/p/runs/r")
                .setState(PipelineRunState.PIPELINE_RUN_STATE_QUEUED)
                .setInputs(RunInputs.fill(document, Struct.getDefaultInstance()))
                .addAllSteps(RunMachine.steps("", document.steps()))
                .build();
        return machine.begin(run, NOW);
    }

    private static List<DerivedVersion> items(int count) {
        List<DerivedVersion> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(DerivedVersion.newBuilder()
                    .setVersion("tenants/default/models/d" + i + "/versions/1")
                    .setModel("tenants/default/models/d" + i)
                    .setKind(ArtifactKind.ARTIFACT_KIND_DIFF)
                    .build());
        }
        return items;
    }

    /** What a step hears of its job. */
    private record News(String step, JobState state, int attempt) {
        News(String step, JobState state) {
            this(step, state, 1);
        }
    }
}
