package io.graft.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.pipelines.domain.Replay;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.v1.DatasetVersion;
import io.graft.v1.DatasetVersionRegistered;
import io.graft.v1.Pipeline;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.ReplayEventsResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Correlation, schedules, concurrency, revisions and replay on a real database. */
final class TriggerTest {
    private static final String BOTH = """
            inputs: {base: {type: string}, data: {type: string}}
            triggers:
              - all:
                  base: {on: AliasMoved, alias: base, key: "event.alias.name.split('/')[3]"}
                  data: {on: DatasetVersionRegistered, key: "event.version.name.split('/')[3]"}
                within: 1h
                with: {base: "${{ events.base.alias.version }}", data: "${{ events.data.version.name }}"}
            steps: [{id: ask, approval: {message: go}}]
            """;

    private final World world = new World();

    @Test
    void joinsTheEventsOfOneKeyInWhateverOrderTheyCome() {
        world.create("p", BOTH);
        Event base = World.moved("x", "base", 2);
        world.events.handle(data("x", 1));
        world.events.handle(data("y", 1));
        world.events.handle(base);
        world.events.handle(base);
        assertThat(inputs("base")).containsExactly("tenants/default/models/x/versions/2");
        assertThat(inputs("data")).containsExactly("tenants/default/datasets/x/versions/1");
        world.events.handle(World.moved("y", "base", 3));
        assertThat(inputs("data"))
                .containsExactly("tenants/default/datasets/x/versions/1", "tenants/default/datasets/y/versions/1");
    }

    @Test
    void losesNoneOfSeveral() {
        world.create("p", BOTH);
        for (int version = 1; version <= 3; version++) {
            world.events.handle(World.moved("x", "base", version));
        }
        for (int version = 1; version <= 3; version++) {
            world.events.handle(data("x", version));
        }
        assertThat(inputs("base")).hasSize(3).doesNotHaveDuplicates();
        assertThat(inputs("data")).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void joinsNothingThatIsTooFarApart() {
        world.create("p", BOTH);
        Event late = World.moved("x", "base", 2);
        Event early = new Event(
                "early",
                late.type(),
                late.source(),
                late.subject(),
                1,
                late.time().minusSeconds(7200),
                "",
                late.data());
        world.events.handle(early);
        world.events.handle(data("x", 1));
        assertThat(world.all("tenants/default")).isEmpty();
        world.events.handle(late);
        assertThat(world.all("tenants/default")).hasSize(1);
    }

    @Test
    void queuedRunsTakeTheirTurn() {
        world.create("p", "concurrency: {policy: queue}\nsteps: [{id: ask, approval: {message: go}}]");
        PipelineRun first = world.run("p");
        PipelineRun second = world.run("p");
        PipelineRun third = world.run("p");
        assertThat(second.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_QUEUED);
        assertThat(world.attend(second).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_QUEUED);
        approve(first);
        assertThat(world.attend(third).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_QUEUED);
        assertThat(world.attend(second).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
        approve(second);
        assertThat(world.attend(third).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
    }

    @Test
    void aLaterRunIsPassedOverOrReplacesTheEarlier() {
        world.create("s", "concurrency: {policy: skip}\nsteps: [{id: ask, approval: {message: go}}]");
        PipelineRun first = world.run("s");
        assertThat(world.run("s").getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_PASSED_OVER);
        assertThat(world.get(first).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
        world.create("r", "concurrency: {policy: replace}\nsteps: [{id: ask, approval: {message: go}}]");
        PipelineRun earlier = world.run("r");
        PipelineRun later = world.run("r");
        assertThat(world.get(earlier).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_CANCELLED);
        assertThat(world.attend(later).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
    }

    @Test
    void aScheduleThatIsDueStartsOneRunAndIsSetAnew() {
        world.create("p", "triggers: [{schedule: '* * * * *'}]\nsteps: [{id: ask, approval: {message: go}}]");
        world.triggers.runDue();
        assertThat(world.all("tenants/default")).isEmpty();
        world.database.useTransaction(
                handle -> handle.execute("update schedule set due = clock_timestamp() - interval '3 days'"));
        world.triggers.runDue();
        world.triggers.runDue();
        List<PipelineRun> runs = world.all("tenants/default");
        assertThat(runs).hasSize(1);
        assertThat(runs.getFirst().getCause().getKind()).isEqualTo("schedule");
    }

    @Test
    void runsKeepTheirRevisionAndAPausedPipelineStartsNone() {
        Pipeline made = world.create("p", alias("a"));
        world.events.handle(World.moved("x", "base", 2));
        Pipeline updated =
                world.pipelines.update(made.toBuilder().setDocument(alias("b")).build(), World.call("", false));
        assertThat(updated.getRevision()).isEqualTo(2);
        assertThat(world.pipelineStore.get(World.name("p"), 1).getDocument()).isEqualTo(alias("a"));
        assertThatThrownBy(() -> world.pipelines.update(made, World.call("", false)))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ETAG_MISMATCH));
        PipelineRun run = world.all("tenants/default").getFirst();
        assertThat(run.getRevision()).isEqualTo(1);
        assertThat(run.getSteps(0).getId()).isEqualTo("a");
        approve(run);
        world.pipelines.update(updated.toBuilder().setPaused(true).clearEtag().build(), World.call("", false));
        world.events.handle(World.moved("x", "base", 3));
        assertThat(world.all("tenants/default")).hasSize(1);
        world.pipelineStore.delete(World.name("p"), "", false);
        assertThat(world.get(run).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED);
        assertThat(world.create("p", alias("c")).getRevision()).isEqualTo(3);
    }

    @Test
    void aReplayStartsWhatWasMissedAndNothingTwice() {
        Event first = World.moved("x", "base", 2);
        Event second = World.moved("x", "base", 3);
        world.events.handle(first);
        world.create("p", alias("a"));
        world.events.handle(second);
        Replay replay =
                new Replay(world.triggerStore, world.triggers, (tenant, from, to, limit) -> List.of(first, second));
        Instant from = Instant.EPOCH;
        ReplayEventsResponse counted = replay.run("default", from, Instant.now(), null, true);
        assertThat(List.of(counted.getRead(), counted.getMatched(), counted.getStarted()))
                .containsExactly(2L, 2L, 0L);
        assertThat(replay.run("default", from, Instant.now(), null, false).getStarted())
                .isEqualTo(1);
        assertThat(replay.run("default", from, Instant.now(), null, false).getStarted())
                .isZero();
        assertThat(world.all("tenants/default")).hasSize(2);
    }

    @Test
    void anInputThatCannotBeMadeFailsARunWhereItIsSeen() {
        world.create("p", """
                inputs: {n: {type: int}}
                triggers: [{on: AliasMoved, alias: base, with: {n: "${{ int(event.alias.version) }}"}}]
                steps: [{id: ask, approval: {message: go}}]
                """);
        world.events.handle(World.moved("x", "base", 2));
        PipelineRun run = world.all("tenants/default").getFirst();
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_FAILED);
        assertThat(run.getMessage()).contains("int(event.alias.version)");
    }

    @Test
    void creatingIsOnceARequestIdAndNamesEveryProblem() {
        Pipeline draft = Pipeline.newBuilder().setDocument(alias("a")).build();
        Pipeline made = world.pipelines.create("default", "p", draft, World.call("once", false));
        assertThat(world.pipelines.create("default", "p", draft, World.call("once", false)))
                .isEqualTo(made);
        assertThatThrownBy(() -> world.pipelines.create("default", "p", draft, World.call("", false)))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
        Pipeline wrong = Pipeline.newBuilder().setDocument("a: 1\nb: 2\n").build();
        assertThatThrownBy(() -> world.pipelines.create("default", "q", wrong, World.call("", false)))
                .isInstanceOfSatisfying(GraftException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PIPELINE);
                    assertThat(e.violations()).hasSize(3);
                    assertThat(e.violations().get(1).description()).startsWith("line 1: a ");
                });
    }

    private static String alias(String step) {
        return "triggers: [{on: AliasMoved, alias: base}]\nsteps: [{id: " + step + ", approval: {message: go}}]\n";
    }

    private void approve(PipelineRun run) {
        world.runs.change(
                run.getName(),
                (stored, now) -> world.programs
                        .machine(world.programs.read(stored.document()))
                        .decided(stored.run(), stored.run().getSteps(0).getId(), true, "ann", "", now));
    }

    private List<String> inputs(String name) {
        return world.all("tenants/default").stream()
                .map(run -> run.getInputs().getFieldsOrThrow(name).getStringValue())
                .toList();
    }

    private static Event data(String dataset, int version) {
        String name = "tenants/default/datasets/" + dataset;
        return World.event(
                DatasetVersionRegistered.newBuilder()
                        .setVersion(DatasetVersion.newBuilder().setName(name + "/versions/" + version))
                        .build(),
                name);
    }
}
