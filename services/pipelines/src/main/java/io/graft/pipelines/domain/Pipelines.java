package io.graft.pipelines.domain;

import com.google.protobuf.Struct;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.OnSchedule;
import io.graft.pipelines.document.PipelineDocument.Trigger;
import io.graft.pipelines.domain.PipelineStore.Content;
import io.graft.pipelines.domain.PipelineStore.NextTime;
import io.graft.pipelines.domain.TriggerStore.Listener;
import io.graft.pipelines.schedule.Cron;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.request.Mutation;
import io.graft.platform.request.RequestRules;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.PipelineName;
import io.graft.platform.resource.ResourceName.PipelineRunName;
import io.graft.v1.Pipeline;
import io.graft.v1.PipelineCause;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What callers do with pipelines and runs. Thread-safe. */
public final class Pipelines {
    private static final int MAX_COMMENT = 2_000;

    private final PipelineStore pipelines;
    private final RunStore runs;
    private final Programs programs;
    private final RunStarts starts;
    private final Planner planner;

    public Pipelines(PipelineStore pipelines, RunStore runs, Programs programs, Platform platform) {
        this.pipelines = pipelines;
        this.runs = runs;
        this.programs = programs;
        this.starts = new RunStarts(runs, programs);
        this.planner = new Planner(programs, platform);
    }

    /** @throws GraftException {@code INVALID_REQUEST}, {@code INVALID_PIPELINE}, or as {@link PipelineStore#create} */
    public Pipeline create(String tenant, String id, Pipeline draft, Mutation mutation) {
        Violations violations = new Violations();
        violations.require(
                ResourceName.ID.matcher(id).matches(),
                "pipeline_id",
                "has 1 to 63 lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit");
        RequestRules.checkRequestId(violations, mutation.requestId());
        violations.require(!draft.getDocument().isBlank(), "pipeline.document", "is required");
        violations.throwIfAny();
        Pipeline named = draft.toBuilder()
                .setName(new PipelineName(tenant, id).toString())
                .build();
        return pipelines.create(named, content(named), mutation);
    }

    /** @throws GraftException {@code INVALID_REQUEST}, {@code INVALID_PIPELINE}, or as {@link PipelineStore#update} */
    public Pipeline update(Pipeline wanted, Mutation mutation) {
        Violations violations = new Violations();
        violations.require(!wanted.getDocument().isBlank(), "pipeline.document", "is required");
        violations.throwIfAny();
        return pipelines.update(wanted, content(wanted), mutation);
    }

    /**
     * Runs a pipeline by hand; only plans it when only validated.
     *
     * @throws GraftException {@code NOT_FOUND}, {@code INVALID_REQUEST} naming every bad input, {@code REQUEST_ID_REUSED}
     */
    public PipelineRun run(PipelineName name, Struct given, String principal, Mutation mutation) {
        Violations violations = new Violations();
        RequestRules.checkRequestId(violations, mutation.requestId());
        violations.throwIfAny();
        Pipeline pipeline = pipelines.get(name, 0);
        PipelineDocument document = programs.read(pipeline.getDocument());
        Struct inputs = RunInputs.fill(document, given);
        PipelineCause cause = PipelineCause.newBuilder()
                .setKind("manual")
                .setTrigger(-1)
                .setPrincipal(principal)
                .build();
        if (mutation.validateOnly()) {
            PipelineRun draft = PipelineRun.newBuilder()
                    .setRevision(pipeline.getRevision())
                    .setState(PipelineRunState.PIPELINE_RUN_STATE_QUEUED)
                    .setInputs(inputs)
                    .setCause(cause)
                    .build();
            return planner.plan(document, draft, name.tenant(), mutation.traceparent());
        }
        String id = mutation.requestId().isEmpty() ? UUID.randomUUID().toString() : mutation.requestId();
        Listener listener = new Listener(pipeline.getName(), pipeline.getRevision(), pipeline.getDocument());
        return starts.start(
                        listener,
                        document,
                        inputs,
                        cause,
                        "call/" + id,
                        mutation.requestId(),
                        mutation.payloadHash(),
                        mutation.traceparent())
                .run();
    }

    /** @throws GraftException {@code RUN_ALREADY_ENDED}, {@code ETAG_MISMATCH}, {@code NOT_FOUND} */
    public PipelineRun cancel(PipelineRunName name, String etag, String principal, boolean validateOnly) {
        return change(
                name,
                etag,
                validateOnly,
                (machine, run, now) -> machine.cancelled(run, "Cancelled by " + principal, now));
    }

    /** @throws GraftException {@code STEP_NOT_WAITING}, {@code ETAG_MISMATCH}, {@code NOT_FOUND}, {@code INVALID_REQUEST} */
    public PipelineRun decide(PipelineRunName name, Decision decision, boolean validateOnly) {
        Violations violations = new Violations();
        violations.require(!decision.step().isEmpty(), "step", "is required");
        violations.require(
                decision.comment().length() <= MAX_COMMENT && decision.comment().indexOf('\0') < 0,
                "comment",
                "has at most " + MAX_COMMENT + " characters and no NUL");
        violations.throwIfAny();
        return change(
                name,
                decision.etag(),
                validateOnly,
                (machine, run, now) -> machine.decided(
                        run, decision.step(), decision.approved(), decision.principal(), decision.comment(), now));
    }

    /** What a person decides about a step. */
    public record Decision(String step, boolean approved, String principal, String comment, String etag) {}

    private PipelineRun change(PipelineRunName name, String etag, boolean validateOnly, Move move) {
        RunStore.Change change = (stored, now) -> {
            PipelineRun run = stored.run();
            PipelineRun after = move.apply(programs.machine(programs.read(stored.document())), run, now);
            if (!etag.isEmpty() && !etag.equals(run.getEtag()) && !after.equals(run)) {
                throw new GraftException(
                        ErrorCode.ETAG_MISMATCH,
                        "The run has changed since; read it again and decide anew",
                        Map.of("run", run.getName(), "etag", run.getEtag()));
            }
            return after;
        };
        if (!validateOnly) {
            return runs.change(name.toString(), change);
        }
        RunStore.StoredRun stored = runs.find(name.toString())
                .orElseThrow(() -> new GraftException(
                        ErrorCode.NOT_FOUND, "There is no run " + name, Map.of("run", name.toString())));
        change.apply(stored, runs.now());
        return stored.run();
    }

    private Content content(Pipeline pipeline) {
        PipelineDocument document = programs.read(pipeline.getDocument());
        Instant now = runs.now();
        List<String> types = document.triggers().stream()
                .flatMap(Pipelines::eventTypes)
                .distinct()
                .sorted()
                .toList();
        List<NextTime> times = new ArrayList<>();
        for (int i = 0; i < document.triggers().size(); i++) {
            int trigger = i;
            if (document.triggers().get(i) instanceof OnSchedule schedule) {
                Cron.of(schedule.cron().text(), schedule.zone())
                        .next(now)
                        .ifPresent(time -> times.add(new NextTime(trigger, time)));
            }
        }
        return new Content(document.description(), types, times);
    }

    private static Stream<String> eventTypes(Trigger trigger) {
        return switch (trigger) {
            case PipelineDocument.OnEvent on -> Stream.of(on.event().type());
            case PipelineDocument.OnAll all -> all.events().values().stream().map(PipelineDocument.EventPattern::type);
            case OnSchedule _ -> Stream.empty();
        };
    }

    /** A function of the machine. */
    @FunctionalInterface
    private interface Move {
        PipelineRun apply(RunMachine machine, PipelineRun run, Instant now);
    }
}
