package io.graft.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.graft.pipelines.domain.Pipelines.Decision;
import io.graft.pipelines.domain.Platform.Submission;
import io.graft.pipelines.domain.RunStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.query.Filter;
import io.graft.platform.query.Page;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.PipelineRunName;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunEvent;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Runs on a real database, driven as replicas drive them. */
final class RunTest {
    private static final String PROMOTED = "tenants/default/models/m/aliases/champion";
    private static final String DOCUMENT = """
            inputs: {base: {type: string, default: tenants/default/models/b/versions/1}}
            triggers:
              - on: AliasMoved
                model: bge
                alias: base
                with: {base: "${{ event.alias.version }}"}
            steps:
              - id: graft
                job: {kind: graft, spec: {diff: x, target: "${{ inputs.base }}", output_model: m}}
              - id: gate
                needs: [graft]
                gate: {condition: "steps.graft.metrics['quality'] > 0.5"}
              - id: promote
                needs: [gate, graft]
                promote: {alias: tenants/default/models/m/aliases/champion, version: "${{ steps.graft.output }}"}
            """;

    private final World world = new World();

    @Test
    void anEventStartsARunThatGoesToItsPromotion() {
        world.create("p", DOCUMENT);
        world.events.handle(World.moved("bge", "base", 2));
        PipelineRun run = world.attend(world.all("tenants/default").getFirst());
        Submission submission = world.platform.submissions.getFirst();
        assertThat(submission.spec()).contains("\"target\":\"tenants/default/models/bge/versions/2\"");
        assertThat(submission.requestId()).isEqualTo(id(run) + "/graft/1");
        world.events.handle(World.changed(end(run, "graft", 0.9)));
        assertThat(step(world.get(run), "gate").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED);
        run = world.attend(run);
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED);
        assertThat(Objects.requireNonNull(world.platform.aliases.get(PROMOTED)).getVersion())
                .isEqualTo("tenants/default/models/out/versions/1");
        assertThat(run.getCause().getKind()).isEqualTo("event");
        assertTellsItsStory(run);
    }

    @Test
    void otherModelsAndAliasesStartNothing() {
        world.create("p", DOCUMENT);
        world.events.handle(World.moved("bge", "champion", 2));
        world.events.handle(World.moved("e5", "base", 2));
        assertThat(world.all("tenants/default")).isEmpty();
    }

    @Test
    void eventsThatComeThreeTimesInAnyOrderHaveOneEffectEach() {
        world.create("p", DOCUMENT);
        List<Event> events = new ArrayList<>();
        for (int version = 1; version <= 40; version++) {
            Event event = World.moved("bge", "base", version);
            events.addAll(List.of(event, event, event));
        }
        Collections.shuffle(events, new Random(5));
        events.forEach(world.events::handle);
        List<PipelineRun> runs = world.all("tenants/default/pipelines/p");
        assertThat(runs).hasSize(40);
        runs.forEach(run -> world.attend(run));
        List<Event> news = new ArrayList<>();
        for (PipelineRun run : runs) {
            Event end = World.changed(end(run, "graft", 0.9));
            news.addAll(List.of(end, end, end));
        }
        Collections.shuffle(news, new Random(6));
        news.forEach(world.events::handle);
        assertThat(world.platform.jobs()).hasSize(40);
        runs.forEach(run -> assertThat(step(world.get(run), "gate").getState())
                .isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED));
    }

    @Test
    void whoeverDiesAfterAnEffectTheNextOneFindsIt() {
        world.create("p", DOCUMENT);
        PipelineRun run = world.run("p");
        world.platform.dieAfterTheNextEffect();
        assertThatThrownBy(() -> world.attend(run)).hasMessage("killed");
        assertThat(step(world.get(run), "graft").getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_STARTING);
        world.attend(run);
        assertThat(world.platform.jobs()).hasSize(1);
        assertThat(world.platform.submissions).hasSize(2);
        world.events.handle(World.changed(end(run, "graft", 0.9)));
        world.platform.dieAfterTheNextEffect();
        assertThatThrownBy(() -> world.attend(run)).hasMessage("killed");
        assertThat(world.attend(run).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED);
        assertThat(world.platform.moves()).isEqualTo(1);
    }

    @Test
    void aJobsEndThatIsToldOfBeforeItsSubmissionIsNotedIsTaken() {
        world.create("p", DOCUMENT);
        PipelineRun run = world.run("p");
        world.platform.dieAfterTheNextEffect();
        assertThatThrownBy(() -> world.attend(run)).hasMessage("killed");
        world.events.handle(World.changed(end(run, "graft", 0.1)));
        assertThat(world.get(run).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_HELD);
        assertThat(world.platform.moves()).isZero();
    }

    @Test
    void aLostEventIsMadeUpForByAsking() {
        world.create("p", DOCUMENT);
        PipelineRun run = world.attend(world.run("p"));
        end(run, "graft", 0.9);
        assertThat(world.attend(run).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED);
    }

    @Test
    void whatIsAwayIsTriedAgainAndWhatIsRefusedFails() {
        world.create("p", DOCUMENT);
        PipelineRun run = world.run("p");
        world.platform.failWith(new GraftException(ErrorCode.SERVICE_UNAVAILABLE, "away"));
        PipelineStep waiting = step(world.attend(run), "graft");
        assertThat(waiting.getState()).isEqualTo(PipelineStepState.PIPELINE_STEP_STATE_STARTING);
        assertThat(waiting.getMessage()).isEqualTo("away");
        assertThat(waiting.hasNotBefore()).isTrue();
        PipelineRun other = world.run("p");
        world.platform.failWith(new GraftException(ErrorCode.WRONG_ARTIFACT_KIND, "no diff"));
        PipelineRun failed = world.attend(other);
        assertThat(failed.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_FAILED);
        assertThat(failed.getMessage()).isEqualTo("graft: WRONG_ARTIFACT_KIND: no diff");
    }

    @Test
    void twoReplicasShareTheRunsAndNeverHoldTheSame() throws InterruptedException {
        world.create("p", DOCUMENT);
        for (int i = 0; i < 20; i++) {
            world.run("p");
        }
        Set<String> held = Collections.synchronizedSet(new HashSet<>());
        List<Thread> replicas = new ArrayList<>();
        List<String> twice = Collections.synchronizedList(new ArrayList<>());
        for (String owner : List.of("one", "two")) {
            replicas.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 8; i++) {
                    for (String name : world.runs.lease(owner, Duration.ofMinutes(1), 3)) {
                        if (!held.add(name)) {
                            twice.add(name);
                        }
                    }
                }
            }));
        }
        for (Thread replica : replicas) {
            replica.join();
        }
        assertThat(twice).isEmpty();
        assertThat(held).hasSize(20);
        String name = held.iterator().next();
        world.runs.release("nobody", name, null);
        assertThat(world.runs.lease("three", Duration.ofMinutes(1), 30)).isEmpty();
    }

    @Test
    void aLeaseThatRanOutGoesToAnother() {
        world.create("p", DOCUMENT);
        PipelineRun run = world.run("p");
        assertThat(world.runs.lease("dead", Duration.ofMillis(50), 10)).containsExactly(run.getName());
        List<String> taken = Awaitility.await("lease")
                .atMost(Duration.ofSeconds(10))
                .until(() -> world.runs.lease("alive", Duration.ofMinutes(1), 10), found -> !found.isEmpty());
        assertThat(taken).containsExactly(run.getName());
        world.care.attend(run.getName());
        world.runs.release("alive", run.getName(), null);
        assertThat(world.runs.lease("alive", Duration.ofMinutes(1), 10)).isEmpty();
    }

    @Test
    void cancellingCancelsTheJobEvenWhenItsSubmissionWasNotNoted() {
        world.create("p", DOCUMENT);
        PipelineRun run = world.run("p");
        world.platform.dieAfterTheNextEffect();
        assertThatThrownBy(() -> world.attend(run)).hasMessage("killed");
        world.pipelines.cancel(name(run), "", "ann", false);
        assertThat(world.attend(run).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_CANCELLED);
        assertThat(world.platform.jobs()).extracting(Job::getState).containsExactly(JobState.JOB_STATE_CANCELLED);
        PipelineRun never = world.run("p");
        world.pipelines.cancel(name(never), "", "ann", false);
        assertThat(world.attend(never).getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_CANCELLED);
        assertThat(world.platform.jobs()).hasSize(1);
    }

    @Test
    void approvalIsCheckedAgainstTheEtagAndMayBeAskedFirst() {
        world.create("p", "steps: [{id: ask, approval: {message: May it go?}}]");
        PipelineRun run = world.run("p");
        assertThat(run.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
        assertThat(world.pipelines.decide(name(run), decision("ask", "1"), true))
                .isEqualTo(run);
        refuses(ErrorCode.ETAG_MISMATCH, () -> world.pipelines.decide(name(run), decision("ask", "99"), false));
        PipelineRun approved = world.pipelines.decide(name(run), decision("ask", run.getEtag()), false);
        assertThat(approved.getState()).isEqualTo(PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED);
        assertThat(world.pipelines.decide(name(run), decision("ask", ""), false))
                .isEqualTo(approved);
    }

    @Test
    void aCallsRequestIdStartsOneRun() {
        world.create("p", DOCUMENT);
        PipelineRun first =
                world.pipelines.run(World.name("p"), Struct.getDefaultInstance(), "ann", World.call("once", false));
        PipelineRun again =
                world.pipelines.run(World.name("p"), Struct.getDefaultInstance(), "ann", World.call("once", false));
        assertThat(again.getName()).isEqualTo(first.getName());
        assertThat(world.all("tenants/default")).hasSize(1);
        Struct wrong = Struct.newBuilder()
                .putFields("bas", Value.newBuilder().setStringValue("x").build())
                .putFields("base", Value.newBuilder().setNumberValue(3).build())
                .build();
        assertThatThrownBy(() -> world.pipelines.run(World.name("p"), wrong, "ann", World.call("", false)))
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.violations()).hasSize(2));
    }

    @Test
    void aDryRunTellsThePlanAndWhatEachJobNeedsAndStartsNothing() {
        world.create("p", DOCUMENT + """
              - id: later
                needs: [graft]
                job: {kind: graft, spec: {diff: x, target: "${{ steps.graft.output }}", output_model: m}}
              - id: each
                each:
                  derived_from: ${{ inputs.base }}
                  steps: [{id: copy, job: {kind: graft, spec: {diff: "${{ item.version }}", target: t, output_model: m}}}]
            """);
        world.platform.derived.add(ScriptedPlatform.item("d1"));
        world.platform.derived.add(ScriptedPlatform.item("d2"));
        PipelineRun plan =
                world.pipelines.run(World.name("p"), Struct.getDefaultInstance(), "ann", World.call("", true));
        assertThat(plan.getName()).isEmpty();
        assertThat(step(plan, "graft").getEstimate().getMemoryBytes()).isEqualTo(7);
        assertThat(step(plan, "later").hasEstimate()).isFalse();
        assertThat(step(plan, "later").getMessage()).contains("once the steps that it needs have run");
        assertThat(step(plan, "each/1/copy").getEstimate().getArithmetic(0)).contains("models/d2/versions/1");
        assertThat(world.all("tenants/default")).isEmpty();
        assertThat(world.outbox()).isZero();
    }

    @Test
    void listsByStateAndPages() {
        world.create("p", DOCUMENT);
        world.create("q", "steps: [{id: ask, approval: {message: May it go?}}]");
        for (int i = 0; i < 3; i++) {
            world.run("p");
            world.run("q");
        }
        String filter = "state = WAITING";
        Page<PipelineRun> first = world.runs.list(query("tenants/default", filter, 2, ""));
        Page<PipelineRun> second = world.runs.list(query("tenants/default", filter, 2, first.nextPageToken()));
        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).hasSize(1);
        assertThat(second.nextPageToken()).isEmpty();
        assertThat(world.runs
                        .list(query("tenants/default/pipelines/p", "", 50, ""))
                        .items())
                .hasSize(3);
    }

    private static RunStore.RunQuery query(String parent, String filter, int size, String token) {
        return new RunStore.RunQuery(parent, Filter.parse(filter, Set.of("state", "create_time")), size, token, filter);
    }

    private void assertTellsItsStory(PipelineRun run) {
        List<PipelineRunEvent> story = world.runs.history(run.getName(), 0, 1000);
        for (int i = 0; i < story.size(); i++) {
            assertThat(story.get(i).getSequence()).isEqualTo(i + 1);
        }
        assertThat(story.getLast().getState()).isEqualTo(run.getState());
        assertThat(world.outbox()).isGreaterThanOrEqualTo(story.size());
    }

    private Job end(PipelineRun run, String step, double quality) {
        return world.platform.end(
                id(run) + "/" + step + "/1", JobState.JOB_STATE_SUCCEEDED, Map.of("quality", quality));
    }

    private static Decision decision(String step, String etag) {
        return new Decision(step, true, "ann", "", etag);
    }

    private static String id(PipelineRun run) {
        return name(run).run();
    }

    private static PipelineRunName name(PipelineRun run) {
        return ResourceName.parse("name", run.getName(), PipelineRunName.class);
    }

    private static PipelineStep step(PipelineRun run, String id) {
        return run.getStepsList().stream()
                .filter(step -> step.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
