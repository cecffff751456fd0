package io.graft.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.rpc.Code;
import io.graft.cli.CommandRun;
import io.graft.cli.peer.Services;
import io.graft.v1.ApproveStepRequest;
import io.graft.v1.CreatePipelineRequest;
import io.graft.v1.DeadLetter;
import io.graft.v1.JobEstimate;
import io.graft.v1.LintPipelineResponse;
import io.graft.v1.ListDeadLettersResponse;
import io.graft.v1.ListPipelineRunsRequest;
import io.graft.v1.ListPipelineRunsResponse;
import io.graft.v1.ListPipelinesResponse;
import io.graft.v1.Pipeline;
import io.graft.v1.PipelineProblem;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunEvent;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineServiceGrpc;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import io.graft.v1.RedriveDeadLetterRequest;
import io.graft.v1.RejectStepRequest;
import io.graft.v1.ReplayEventsRequest;
import io.graft.v1.ReplayEventsResponse;
import io.graft.v1.RunPipelineRequest;
import io.graft.v1.UpdatePipelineRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelinesTest {
    private static final String NAME = "tenants/default/pipelines/rebase";
    private static final String RUN = NAME + "/runs/4f0c";

    @TempDir
    Path home = Path.of("");

    private final Services services = new Services();

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void lintNamesEachProblemAsCompilersDoAndExitsRefused() throws IOException {
        services.on(
                PipelineServiceGrpc.getLintPipelineMethod(),
                request -> LintPipelineResponse.newBuilder()
                        .addProblems(PipelineProblem.newBuilder()
                                .setLine(3)
                                .setColumn(5)
                                .setPath("steps[0]")
                                .setMessage("lacks the key id"))
                        .build());

        CommandRun run = graft("pipeline", "lint", file("x: 1").toString());

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).endsWith("rebase.yaml:3:5: steps[0] lacks the key id\n");
    }

    @Test
    void applyCreatesWhatIsAbsentAndUpdatesWhatIsThere() throws IOException {
        services.on(PipelineServiceGrpc.getGetPipelineMethod(), request -> {
            throw Services.refusal(Code.NOT_FOUND, "NOT_FOUND", "none").asRuntime();
        });
        services.on(PipelineServiceGrpc.getCreatePipelineMethod(), request -> pipeline(1));
        assertThat(graft("pipeline", "apply", file("steps: []").toString()).out())
                .contains("revision  1");
        CreatePipelineRequest created =
                services.requests(CreatePipelineRequest.class).getFirst();
        assertThat(created.getPipelineId()).isEqualTo("rebase");
        assertThat(created.getPipeline().getDocument()).isEqualTo("steps: []");

        services.on(PipelineServiceGrpc.getGetPipelineMethod(), request -> pipeline(1));
        services.on(PipelineServiceGrpc.getUpdatePipelineMethod(), request -> pipeline(2));
        assertThat(graft("pipeline", "apply", "--paused", file("steps: []").toString())
                        .out())
                .contains("revision  2");
        Pipeline updated =
                services.requests(UpdatePipelineRequest.class).getFirst().getPipeline();
        assertThat(updated.getEtag()).isEqualTo("e1");
        assertThat(updated.getPaused()).isTrue();
    }

    @Test
    void aDryRunShowsThePlanWithWhatItNeedsAndExitsRefusedWhenAJobWouldBe() {
        PipelineStep sound = step("graft", PipelineStepState.PIPELINE_STEP_STATE_PENDING).toBuilder()
                .setEstimate(JobEstimate.newBuilder().addArithmetic("memory: 5 B"))
                .build();
        services.on(
                PipelineServiceGrpc.getRunPipelineMethod(),
                request -> PipelineRun.newBuilder().addSteps(sound).build());
        CommandRun planned =
                graft("pipeline", "run", "rebase", "--dry-run", "--input", "n=3", "--input", "b=x", "--text", "t=7");
        assertThat(planned.exit()).isZero();
        assertThat(planned.out())
                .contains("(only planned)")
                .contains("graft needs")
                .contains("  memory: 5 B");
        RunPipelineRequest request = services.requests(RunPipelineRequest.class).getFirst();
        assertThat(request.getValidateOnly()).isTrue();
        assertThat(request.getInputs().getFieldsOrThrow("n").getNumberValue()).isEqualTo(3);
        assertThat(request.getInputs().getFieldsOrThrow("t").getStringValue()).isEqualTo("7");

        services.on(
                PipelineServiceGrpc.getRunPipelineMethod(),
                any -> PipelineRun.newBuilder()
                        .addSteps(step("graft", PipelineStepState.PIPELINE_STEP_STATE_FAILED))
                        .build());
        assertThat(graft("pipeline", "run", "rebase", "--dry-run").exit()).isEqualTo(3);
        assertThat(graft("pipeline", "run", "rebase", "--dry-run", "--wait").exit())
                .isEqualTo(2);
    }

    @Test
    void watchFollowsOverALostConnectionAndExitsWithTheFateOfTheRun() {
        services.onStream(PipelineServiceGrpc.getWatchPipelineRunMethod(), request -> {
            List<@Nullable PipelineRunEvent> rest = Arrays.asList(event(1, "graft"), null, event(2, "gate"));
            return request.getFromSequence() == 0 ? rest : rest.subList(2, 3);
        });
        services.on(
                PipelineServiceGrpc.getGetPipelineRunMethod(),
                request -> run(PipelineRunState.PIPELINE_RUN_STATE_HELD));

        CommandRun watched = graft("runs", "watch", "rebase/4f0c");

        assertThat(watched.exit()).isEqualTo(7);
        assertThat(watched.err())
                .contains("SUCCEEDED  graft")
                .contains("SUCCEEDED  gate")
                .contains("trying again");
        assertThat(watched.out()).contains("state     HELD");
    }

    @Test
    void decidesListsCancelsAndDeletes() {
        PipelineRun waiting = run(PipelineRunState.PIPELINE_RUN_STATE_WAITING);
        services.on(PipelineServiceGrpc.getApproveStepMethod(), request -> waiting);
        services.on(PipelineServiceGrpc.getRejectStepMethod(), request -> waiting);
        services.on(PipelineServiceGrpc.getCancelPipelineRunMethod(), request -> waiting);
        services.on(PipelineServiceGrpc.getDeletePipelineMethod(), request -> Empty.getDefaultInstance());
        services.on(
                PipelineServiceGrpc.getListPipelineRunsMethod(),
                request ->
                        ListPipelineRunsResponse.newBuilder().addRuns(waiting).build());
        services.on(
                PipelineServiceGrpc.getListPipelinesMethod(),
                request -> ListPipelinesResponse.newBuilder()
                        .addPipelines(pipeline(3))
                        .build());

        graft("runs", "approve", "rebase/4f0c", "ask", "--comment", "fine");
        graft("runs", "reject", "rebase/4f0c", "ask");
        assertThat(graft("runs", "cancel", "rebase/4f0c").exit()).isZero();
        assertThat(graft("runs", "list", "--pipeline", "rebase").out()).contains("rebase/4f0c  WAITING");
        assertThat(graft("pipeline", "list").out()).contains("rebase").contains("at work");
        assertThat(graft("pipeline", "delete", "rebase").out()).isEqualTo(NAME + " is deleted\n");

        ApproveStepRequest approved =
                services.requests(ApproveStepRequest.class).getFirst();
        assertThat(List.of(approved.getName(), approved.getStep(), approved.getComment()))
                .containsExactly(RUN, "ask", "fine");
        assertThat(services.requests(RejectStepRequest.class)).hasSize(1);
        assertThat(services.requests(ListPipelineRunsRequest.class).getFirst().getParent())
                .isEqualTo(NAME);
    }

    @Test
    void replaysEventsAndSendsDeadLettersAgain() {
        services.on(
                PipelineServiceGrpc.getReplayEventsMethod(),
                request -> ReplayEventsResponse.newBuilder()
                        .setRead(9)
                        .setMatched(2)
                        .build());
        DeadLetter letter = DeadLetter.newBuilder()
                .setName("tenants/default/deadLetters/graft.model.v1.dlq-0-17")
                .setReason("BAD_PAYLOAD")
                .build();
        services.on(
                PipelineServiceGrpc.getListDeadLettersMethod(),
                request -> ListDeadLettersResponse.newBuilder()
                        .addDeadLetters(letter)
                        .build());
        services.on(PipelineServiceGrpc.getRedriveDeadLetterMethod(), request -> letter);

        CommandRun replayed = graft("events", "replay", "--from", "2026-12-01T00:00:00Z", "--pipeline", "rebase");
        assertThat(replayed.out()).contains("read     9").contains("matched  2");
        assertThat(services.requests(ReplayEventsRequest.class).getFirst().getPipeline())
                .isEqualTo(NAME);
        assertThat(graft("events", "replay", "--from", "yesterday").exit()).isEqualTo(2);
        assertThat(graft("deadletters", "list").out()).contains("graft.model.v1.dlq-0-17  BAD_PAYLOAD");
        graft("deadletters", "redrive", "graft.model.v1.dlq-0-17");
        assertThat(services.requests(RedriveDeadLetterRequest.class).getFirst().getName())
                .isEqualTo(letter.getName());
    }

    private CommandRun graft(String... arguments) {
        return CommandRun.of(services, home, arguments);
    }

    private Path file(String document) throws IOException {
        return Files.writeString(home.resolve("rebase.yaml"), document);
    }

    private static Pipeline pipeline(int revision) {
        return Pipeline.newBuilder()
                .setName(NAME)
                .setRevision(revision)
                .setEtag("e" + revision)
                .build();
    }

    private static PipelineStep step(String id, PipelineStepState state) {
        return PipelineStep.newBuilder()
                .setId(id)
                .setType("job")
                .setState(state)
                .build();
    }

    private static PipelineRun run(PipelineRunState state) {
        return PipelineRun.newBuilder().setName(RUN).setState(state).build();
    }

    private static PipelineRunEvent event(int sequence, String step) {
        return PipelineRunEvent.newBuilder()
                .setRun(RUN)
                .setSequence(sequence)
                .addSteps(step(step, PipelineStepState.PIPELINE_STEP_STATE_SUCCEEDED))
                .build();
    }
}
