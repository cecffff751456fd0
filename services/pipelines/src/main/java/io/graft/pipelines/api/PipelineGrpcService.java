package io.graft.pipelines.api;

import static io.graft.platform.grpc.Calls.answer;
import static io.graft.platform.grpc.Calls.authorized;
import static io.graft.platform.grpc.Calls.mutation;
import static io.graft.platform.grpc.Calls.tenant;

import com.google.protobuf.Empty;
import com.google.protobuf.Timestamp;
import io.graft.pipelines.domain.PipelineStore;
import io.graft.pipelines.domain.Pipelines;
import io.graft.pipelines.domain.Pipelines.Decision;
import io.graft.pipelines.domain.Programs;
import io.graft.pipelines.domain.Replay;
import io.graft.pipelines.domain.RunStore;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.grpc.Caller;
import io.graft.platform.query.Filter;
import io.graft.platform.query.Page;
import io.graft.platform.query.PageToken;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.DeadLetterName;
import io.graft.platform.resource.ResourceName.PipelineName;
import io.graft.platform.resource.ResourceName.PipelineRunName;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.watch.EventWatches;
import io.graft.v1.ApproveStepRequest;
import io.graft.v1.CancelPipelineRunRequest;
import io.graft.v1.CreatePipelineRequest;
import io.graft.v1.DeadLetter;
import io.graft.v1.DeletePipelineRequest;
import io.graft.v1.GetPipelineRequest;
import io.graft.v1.GetPipelineRunRequest;
import io.graft.v1.LintPipelineRequest;
import io.graft.v1.LintPipelineResponse;
import io.graft.v1.ListDeadLettersRequest;
import io.graft.v1.ListDeadLettersResponse;
import io.graft.v1.ListPipelineRunsRequest;
import io.graft.v1.ListPipelineRunsResponse;
import io.graft.v1.ListPipelinesRequest;
import io.graft.v1.ListPipelinesResponse;
import io.graft.v1.Pipeline;
import io.graft.v1.PipelineProblem;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunEvent;
import io.graft.v1.PipelineServiceGrpc;
import io.graft.v1.RedriveDeadLetterRequest;
import io.graft.v1.RejectStepRequest;
import io.graft.v1.ReplayEventsRequest;
import io.graft.v1.ReplayEventsResponse;
import io.graft.v1.RunPipelineRequest;
import io.graft.v1.UpdatePipelineRequest;
import io.graft.v1.WatchPipelineRunRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code graft.v1.PipelineService}: authorises the tenant of every name first, then calls the domain. Methods block and run on
 * worker threads; a watch holds none of them.
 */
@GrpcService
@Blocking
public final class PipelineGrpcService extends PipelineServiceGrpc.PipelineServiceImplBase {
    private static final Set<String> RUN_FIELDS = Set.of("state", "create_time");

    private final PipelineStore store;
    private final RunStore runs;
    private final Pipelines pipelines;
    private final Programs programs;
    private final Replay replay;
    private final Letters letters;
    private final EventWatches<PipelineRunEvent> watches;

    PipelineGrpcService(PipelineParts parts) {
        this.store = parts.pipelineStore();
        this.runs = parts.runs();
        this.pipelines = parts.pipelines();
        this.programs = parts.programs();
        this.replay = parts.replay();
        this.letters = parts.letters();
        this.watches = parts.watches();
    }

    @Override
    public void createPipeline(CreatePipelineRequest request, StreamObserver<Pipeline> observer) {
        TenantName tenant = tenant(request.getParent());
        answer(
                observer,
                pipelines.create(tenant.tenant(), request.getPipelineId(), request.getPipeline(), mutation(request)));
    }

    @Override
    public void updatePipeline(UpdatePipelineRequest request, StreamObserver<Pipeline> observer) {
        authorized("pipeline.name", request.getPipeline().getName(), PipelineName.class);
        answer(observer, pipelines.update(request.getPipeline(), mutation(request)));
    }

    @Override
    public void getPipeline(GetPipelineRequest request, StreamObserver<Pipeline> observer) {
        PipelineName name = authorized("name", request.getName(), PipelineName.class);
        Violations violations = new Violations();
        violations.require(request.getRevision() >= 0, "revision", "must not be negative");
        violations.throwIfAny();
        answer(observer, store.get(name, request.getRevision()));
    }

    @Override
    public void listPipelines(ListPipelinesRequest request, StreamObserver<ListPipelinesResponse> observer) {
        TenantName tenant = tenant(request.getParent());
        Page<Pipeline> page =
                store.list(tenant.tenant(), PageToken.size(request.getPageSize()), request.getPageToken());
        answer(
                observer,
                ListPipelinesResponse.newBuilder()
                        .addAllPipelines(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void deletePipeline(DeletePipelineRequest request, StreamObserver<Empty> observer) {
        store.delete(
                authorized("name", request.getName(), PipelineName.class),
                request.getEtag(),
                request.getValidateOnly());
        answer(observer, Empty.getDefaultInstance());
    }

    @Override
    public void lintPipeline(LintPipelineRequest request, StreamObserver<LintPipelineResponse> observer) {
        tenant(request.getParent());
        LintPipelineResponse.Builder response = LintPipelineResponse.newBuilder();
        programs.lint(request.getDocument())
                .sorted()
                .forEach(problem -> response.addProblems(PipelineProblem.newBuilder()
                        .setLine(problem.place().line())
                        .setColumn(problem.place().column())
                        .setPath(problem.place().path())
                        .setMessage(problem.message())));
        answer(observer, response.build());
    }

    @Override
    public void runPipeline(RunPipelineRequest request, StreamObserver<PipelineRun> observer) {
        PipelineName name = authorized("name", request.getName(), PipelineName.class);
        answer(
                observer,
                pipelines.run(name, request.getInputs(), Caller.current().principal(), mutation(request)));
    }

    @Override
    public void getPipelineRun(GetPipelineRunRequest request, StreamObserver<PipelineRun> observer) {
        answer(observer, find(authorized("name", request.getName(), PipelineRunName.class)));
    }

    @Override
    public void listPipelineRuns(ListPipelineRunsRequest request, StreamObserver<ListPipelineRunsResponse> observer) {
        Caller.current().authorize(ResourceName.parse("parent", request.getParent()));
        ResourceName.parseAny("parent", request.getParent(), List.of(TenantName.class, PipelineName.class));
        Page<PipelineRun> page = runs.list(new RunStore.RunQuery(
                request.getParent(),
                Filter.parse(request.getFilter(), RUN_FIELDS),
                PageToken.size(request.getPageSize()),
                request.getPageToken(),
                request.getFilter()));
        answer(
                observer,
                ListPipelineRunsResponse.newBuilder()
                        .addAllRuns(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void cancelPipelineRun(CancelPipelineRunRequest request, StreamObserver<PipelineRun> observer) {
        PipelineRunName name = authorized("name", request.getName(), PipelineRunName.class);
        answer(
                observer,
                pipelines.cancel(name, request.getEtag(), Caller.current().principal(), request.getValidateOnly()));
    }

    @Override
    public void watchPipelineRun(WatchPipelineRunRequest request, StreamObserver<PipelineRunEvent> observer) {
        PipelineRunName name = authorized("name", request.getName(), PipelineRunName.class);
        Violations violations = new Violations();
        violations.require(request.getFromSequence() >= 0, "from_sequence", "must not be negative");
        violations.throwIfAny();
        find(name);
        watches.open(name.toString(), request.getFromSequence(), (ServerCallStreamObserver<PipelineRunEvent>) observer);
    }

    @Override
    public void approveStep(ApproveStepRequest request, StreamObserver<PipelineRun> observer) {
        PipelineRunName name = authorized("name", request.getName(), PipelineRunName.class);
        Decision decision = new Decision(
                request.getStep(), true, Caller.current().principal(), request.getComment(), request.getEtag());
        answer(observer, pipelines.decide(name, decision, request.getValidateOnly()));
    }

    @Override
    public void rejectStep(RejectStepRequest request, StreamObserver<PipelineRun> observer) {
        PipelineRunName name = authorized("name", request.getName(), PipelineRunName.class);
        Decision decision = new Decision(
                request.getStep(), false, Caller.current().principal(), request.getComment(), request.getEtag());
        answer(observer, pipelines.decide(name, decision, request.getValidateOnly()));
    }

    @Override
    public void replayEvents(ReplayEventsRequest request, StreamObserver<ReplayEventsResponse> observer) {
        TenantName tenant = tenant(request.getParent());
        String pipeline = request.getPipeline().isEmpty()
                ? null
                : authorized("pipeline", request.getPipeline(), PipelineName.class)
                        .toString();
        Violations violations = new Violations();
        violations.require(request.hasFromTime(), "from_time", "is required");
        violations.throwIfAny();
        Instant to = request.hasToTime() ? instant(request.getToTime()) : runs.now();
        answer(
                observer,
                replay.run(tenant.tenant(), instant(request.getFromTime()), to, pipeline, request.getValidateOnly()));
    }

    @Override
    public void listDeadLetters(ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> observer) {
        TenantName tenant = tenant(request.getParent());
        answer(
                observer,
                ListDeadLettersResponse.newBuilder()
                        .addAllDeadLetters(letters.list(tenant.tenant(), PageToken.size(request.getPageSize())))
                        .build());
    }

    @Override
    public void redriveDeadLetter(RedriveDeadLetterRequest request, StreamObserver<DeadLetter> observer) {
        DeadLetterName name = authorized("name", request.getName(), DeadLetterName.class);
        answer(observer, letters.redrive(name, request.getValidateOnly()));
    }

    private PipelineRun find(PipelineRunName name) {
        return runs.find(name.toString())
                .orElseThrow(() -> new GraftException(
                        ErrorCode.NOT_FOUND,
                        "There is no run " + name + "; list the runs",
                        Map.of("run", name.toString())))
                .run();
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
