package io.graft.pipelines.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.graft.pipelines.store.World;
import io.graft.platform.event.Event;
import io.graft.platform.kafka.KafkaEventPublisher;
import io.graft.platform.kafka.KafkaSettings;
import io.graft.platform.servicekit.ServiceParts;
import io.graft.v1.ApproveStepRequest;
import io.graft.v1.CreatePipelineRequest;
import io.graft.v1.DeadLetter;
import io.graft.v1.DeletePipelineRequest;
import io.graft.v1.GetPipelineRunRequest;
import io.graft.v1.Job;
import io.graft.v1.JobState;
import io.graft.v1.LintPipelineRequest;
import io.graft.v1.ListDeadLettersRequest;
import io.graft.v1.ListPipelineRunsRequest;
import io.graft.v1.Pipeline;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineServiceGrpc;
import io.graft.v1.PipelineServiceGrpc.PipelineServiceBlockingStub;
import io.graft.v1.RedriveDeadLetterRequest;
import io.graft.v1.ReplayEventsRequest;
import io.graft.v1.RunPipelineRequest;
import io.graft.v1.WatchPipelineRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service over its API, with a real PostgreSQL and a real Kafka. */
@QuarkusTest
@QuarkusTestResource(
        value = ServiceParts.class,
        initArgs = @ResourceArg(name = ServiceParts.SERVICE, value = "pipelines"))
@QuarkusTestResource(ScriptedServices.class)
final class PipelineGrpcServiceTest {
    private static final String TENANT = "tenants/default";
    private static final String CHAMPION = "tenants/default/models/out/aliases/champion";
    private static final String DOCUMENT = """
            inputs: {base: {type: string, default: tenants/default/models/b/versions/1}}
            triggers: [{on: AliasMoved, model: MODEL, alias: base, with: {base: "${{ event.alias.version }}"}}]
            steps:
              - id: graft
                job: {kind: graft, spec: {diff: x, target: "${{ inputs.base }}", output_model: m}}
              - id: ask
                needs: [graft]
                approval: {message: "Promote ${{ steps.graft.output }}?"}
              - id: promote
                needs: [ask, graft]
                promote: {alias: tenants/default/models/out/aliases/champion, version: "${{ steps.graft.output }}"}
            """;

    private ManagedChannel channel;
    private PipelineServiceBlockingStub anyone;
    private PipelineServiceBlockingStub service;
    private KafkaEventPublisher publisher;

    @BeforeEach
    void connect() {
        channel = ServiceParts.channel();
        anyone = PipelineServiceGrpc.newBlockingStub(channel);
        service = anyone.withInterceptors(ServiceParts.as("default"));
        publisher = new KafkaEventPublisher(
                KafkaSettings.of(ConfigProvider.getConfig().getValue("graft.kafka.bootstrap", String.class)));
    }

    @AfterEach
    void disconnect() {
        publisher.close();
        channel.shutdownNow();
    }

    @Test
    void anEventRunsAPipelineToItsApprovedPromotion() {
        create("story", "story");
        Event moved = World.moved("story", "base", 2);
        publisher.publish(List.of(moved, moved, moved));
        PipelineRun run = awaitRun("story");
        Job job = Awaitility.await("job of " + run.getName())
                .atMost(Duration.ofSeconds(30))
                .until(() -> jobOf(run), Optional::isPresent)
                .orElseThrow();
        Job done = job.toBuilder()
                .setState(JobState.JOB_STATE_SUCCEEDED)
                .addOutputs("tenants/default/models/out/versions/1")
                .build();
        ScriptedServices.JOBS.put(job.getRequestId(), done);
        publisher.publish(List.of(World.changed(done)));
        awaitState(run, PipelineRunState.PIPELINE_RUN_STATE_WAITING);
        PipelineRun approved = service.approveStep(ApproveStepRequest.newBuilder()
                .setName(run.getName())
                .setStep("ask")
                .setComment("fine")
                .build());
        assertThat(approved.getSteps(1).getResult().getPrincipal()).isEqualTo("tester");
        awaitState(run, PipelineRunState.PIPELINE_RUN_STATE_SUCCEEDED);
        assertThat(Objects.requireNonNull(ScriptedServices.ALIASES.get(CHAMPION))
                        .getVersion())
                .isEqualTo("tenants/default/models/out/versions/1");
        assertThat(runs("story")).hasSize(1);
        assertThat(ScriptedServices.TOKENS).containsOnly("Bearer the-token");
        List<Long> sequences = new ArrayList<>();
        service.watchPipelineRun(WatchPipelineRunRequest.newBuilder()
                        .setName(run.getName())
                        .build())
                .forEachRemaining(event -> sequences.add(event.getSequence()));
        assertThat(sequences).isSorted().startsWith(1L).doesNotHaveDuplicates();
        replays(moved);
    }

    private void replays(Event moved) {
        Timestamp from = Timestamps.fromMillis(moved.time().toEpochMilli() - 60_000);
        var replayed = service.replayEvents(ReplayEventsRequest.newBuilder()
                .setParent(TENANT)
                .setFromTime(from)
                .setPipeline(TENANT + "/pipelines/story")
                .build());
        assertThat(replayed.getMatched()).isEqualTo(3);
        assertThat(replayed.getStarted()).isZero();
    }

    @Test
    void aDryRunAsksTheServices() {
        create("plan", "plan");
        PipelineRun plan = service.runPipeline(RunPipelineRequest.newBuilder()
                .setName(TENANT + "/pipelines/plan")
                .setValidateOnly(true)
                .build());
        assertThat(plan.getSteps(0).getEstimate().getArithmeticList())
                .containsExactly("tenants/default/models/b/versions/1");
        assertThat(runs("plan")).isEmpty();
    }

    @Test
    void namesEveryProblemOfADocument() {
        String wrong =
                "steps:\n  - id: a\n    gate: {condition: \"1 + \"}\n  - id: b\n    job: {kind: weld, spec: {}}\n";
        var found = service.lintPipeline(LintPipelineRequest.newBuilder()
                .setParent(TENANT)
                .setDocument(wrong)
                .build());
        assertThat(found.getProblemsList()).extracting("line").containsExactly(3, 5);
        StatusRuntimeException refused = refused(() -> createDocument("wrong", wrong));
        com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(refused));
        assertThat(status.getDetailsList().stream().filter(detail -> detail.is(BadRequest.class)))
                .hasSize(1);
        assertThat(refused.getMessage()).contains("line 3").contains("line 5");
    }

    @Test
    void keepsTenantsApart() {
        create("mine", "mine");
        PipelineServiceBlockingStub other = anyone.withInterceptors(ServiceParts.as("other"));
        assertThat(reason(refused(() -> other.runPipeline(RunPipelineRequest.newBuilder()
                        .setName(TENANT + "/pipelines/mine")
                        .build()))))
                .isEqualTo("PERMISSION_DENIED");
        assertThat(reason(refused(() -> service.getPipelineRun(GetPipelineRunRequest.newBuilder()
                        .setName(TENANT + "/pipelines/mine/runs/none")
                        .build()))))
                .isEqualTo("NOT_FOUND");
        service.deletePipeline(DeletePipelineRequest.newBuilder()
                .setName(TENANT + "/pipelines/mine")
                .build());
        assertThat(reason(refused(() -> service.deletePipeline(DeletePipelineRequest.newBuilder()
                        .setName(TENANT + "/pipelines/mine")
                        .build()))))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void aPoisonousEventIsPutAsideListedAndSentAgainWhileOthersFlow() {
        create("flow", "flow");
        Event poison = new Event(
                "poison",
                "graft.v1.AliasMoved",
                "/graft/test",
                "tenants/default/models/Not An Id",
                1,
                World.moved("flow", "base", 2).time(),
                "",
                World.moved("flow", "base", 2).data());
        publisher.publish(List.of(poison, World.moved("flow", "base", 3)));
        awaitRun("flow");
        DeadLetter letter = Awaitility.await("dead letter")
                .atMost(Duration.ofSeconds(60))
                .until(this::letter, Optional::isPresent)
                .orElseThrow();
        assertThat(letter.getReason()).isEqualTo("HANDLER_FAILED");
        assertThat(letter.getGroup()).isEqualTo("graft-pipelines-triggers");
        RedriveDeadLetterRequest again =
                RedriveDeadLetterRequest.newBuilder().setName(letter.getName()).build();
        assertThat(service.redriveDeadLetter(again).getEventId()).isEqualTo("poison");
        assertThat(reason(refused(() -> service.redriveDeadLetter(again.toBuilder()
                        .setName(TENANT + "/deadLetters/graft.model.v1.dlq-0-99999")
                        .build()))))
                .isEqualTo("NOT_FOUND");
    }

    private Optional<DeadLetter> letter() {
        return service
                .listDeadLetters(
                        ListDeadLettersRequest.newBuilder().setParent(TENANT).build())
                .getDeadLettersList()
                .stream()
                .filter(letter -> letter.getEventId().equals("poison"))
                .findFirst();
    }

    private void create(String id, String model) {
        createDocument(id, DOCUMENT.replace("MODEL", model));
    }

    private Pipeline createDocument(String id, String document) {
        return service.createPipeline(CreatePipelineRequest.newBuilder()
                .setParent(TENANT)
                .setPipelineId(id)
                .setPipeline(Pipeline.newBuilder().setDocument(document))
                .build());
    }

    private List<PipelineRun> runs(String pipeline) {
        return service.listPipelineRuns(ListPipelineRunsRequest.newBuilder()
                        .setParent(TENANT + "/pipelines/" + pipeline)
                        .build())
                .getRunsList();
    }

    private PipelineRun awaitRun(String pipeline) {
        return Awaitility.await("run of " + pipeline)
                .atMost(Duration.ofSeconds(60))
                .until(() -> runs(pipeline), found -> !found.isEmpty())
                .getFirst();
    }

    private void awaitState(PipelineRun run, PipelineRunState state) {
        Awaitility.await(state.name())
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(service.getPipelineRun(GetPipelineRunRequest.newBuilder()
                                        .setName(run.getName())
                                        .build())
                                .getState())
                        .isEqualTo(state));
    }

    private static Optional<Job> jobOf(PipelineRun run) {
        String id = run.getName().substring(run.getName().lastIndexOf('/') + 1);
        return Optional.ofNullable(ScriptedServices.JOBS.get(id + "/graft/1"));
    }

    private static StatusRuntimeException refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    private static String reason(StatusRuntimeException refused) {
        com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(refused));
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorInfo.class))
                .map(detail -> {
                    try {
                        return detail.unpack(ErrorInfo.class).getReason();
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .findFirst()
                .orElse("");
    }
}
