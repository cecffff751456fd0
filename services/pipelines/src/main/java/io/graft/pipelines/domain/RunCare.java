package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Derived;
import io.graft.pipelines.document.PipelineDocument.Each;
import io.graft.pipelines.document.PipelineDocument.Promote;
import io.graft.pipelines.document.PipelineDocument.RunJob;
import io.graft.pipelines.domain.RunStore.StoredRun;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.PipelineRunName;
import io.graft.v1.Alias;
import io.graft.v1.Job;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunState;
import io.graft.v1.PipelineStep;
import io.graft.v1.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Does what the steps of a run ask for: submits, asks after and cancels jobs, moves aliases, looks items up. Every call has one
 * effect however often it is made: jobs by their request id, aliases by their etag. So it can be interrupted anywhere and done
 * again by anybody. Thread-safe for different runs.
 */
public final class RunCare {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final RunStore runs;
    private final Programs programs;
    private final Platform platform;

    public RunCare(RunStore runs, Programs programs, Platform platform) {
        this.runs = runs;
        this.programs = programs;
        this.platform = platform;
    }

    /** Goes on until nothing is due in the run. */
    public void attend(String name) {
        Set<String> asked = new HashSet<>();
        while (true) {
            Optional<StoredRun> found = runs.find(name);
            if (found.isEmpty() || StepStates.isTerminal(found.get().run().getState())) {
                return;
            }
            Round round = new Round(found.get(), runs.now());
            if (!round.attend(asked)) {
                return;
            }
        }
    }

    /** One look at a run. */
    private final class Round {
        private final StoredRun stored;
        private final PipelineRun run;
        private final PipelineRunName name;
        private final PipelineDocument document;
        private final RunMachine machine;
        private final Instant now;

        Round(StoredRun stored, Instant now) {
            this.stored = stored;
            this.run = stored.run();
            this.name = ResourceName.parse("name", run.getName(), PipelineRunName.class);
            this.document = programs.read(stored.document());
            this.machine = programs.machine(document);
            this.now = now;
        }

        /** @return whether anything was done, so that more may be due */
        boolean attend(Set<String> asked) {
            if (run.getState() == PipelineRunState.PIPELINE_RUN_STATE_QUEUED) {
                return runs.isFirst(run.getName()) && changes(machine::begin);
            }
            boolean acted = changes(machine::advance);
            if (acted) {
                return true;
            }
            for (PipelineStep step : run.getStepsList()) {
                boolean due = !step.hasNotBefore() || !now.isBefore(RunDraft.instant(step.getNotBefore()));
                if (due
                        && isOurs(step)
                        && asked.add(step.getId() + "#" + step.getAttempt() + step.getState() + step.getJob())) {
                    act(step);
                    acted = true;
                }
            }
            return acted;
        }

        private static boolean isOurs(PipelineStep step) {
            return switch (step.getState()) {
                case PIPELINE_STEP_STATE_STARTING, PIPELINE_STEP_STATE_STOPPING -> true;
                case PIPELINE_STEP_STATE_RUNNING -> step.getType().equals("job");
                case PIPELINE_STEP_STATE_UNSPECIFIED,
                        PIPELINE_STEP_STATE_PENDING,
                        PIPELINE_STEP_STATE_WAITING,
                        PIPELINE_STEP_STATE_SUCCEEDED,
                        PIPELINE_STEP_STATE_FAILED,
                        PIPELINE_STEP_STATE_HELD,
                        PIPELINE_STEP_STATE_REJECTED,
                        PIPELINE_STEP_STATE_SKIPPED,
                        PIPELINE_STEP_STATE_CANCELLED,
                        UNRECOGNIZED -> false;
            };
        }

        private void act(PipelineStep step) {
            String id = step.getId();
            StepPath path = StepPath.parse(id);
            try {
                switch (path.action(document)) {
                    case RunJob job -> job(step, path, job);
                    case Promote promote -> promote(step, path, promote);
                    case Each each -> items(step, path, each);
                    case PipelineDocument.Gate _, PipelineDocument.Approval _ ->
                        throw new IllegalStateException(id + " asks for nothing");
                }
            } catch (ExpressionException e) {
                changes((run, now) -> machine.refused(run, id, step.getAttempt(), e.getMessage(), now));
            } catch (GraftException e) {
                if (isWorthATry(e)) {
                    changes((run, now) -> machine.postponed(run, id, e.getMessage(), now.plus(RETRY), now));
                } else {
                    String why = e.code() + ": " + e.getMessage();
                    changes((run, now) -> machine.refused(run, id, step.getAttempt(), why, now));
                }
            }
        }

        private static boolean isWorthATry(GraftException e) {
            return e.code().category() == ErrorCode.Category.UNAVAILABLE || e.code() == ErrorCode.INTERNAL;
        }

        private void job(PipelineStep step, StepPath path, RunJob action) {
            JobKind kind = JobKind.find(action.kind().text()).orElseThrow();
            StepJob identity = new StepJob(name, step.getId(), step.getAttempt());
            Job job = switch (step.getState()) {
                case PIPELINE_STEP_STATE_STOPPING -> {
                    Optional<Job> submitted = step.getJob().isEmpty()
                            ? platform.find(kind, name.tenant(), identity.labels())
                            : Optional.of(platform.job(kind, step.getJob()));
                    if (submitted.isEmpty()) {
                        changes((run, now) ->
                                machine.refused(run, step.getId(), step.getAttempt(), step.getMessage(), now));
                        yield Job.getDefaultInstance();
                    }
                    yield platform.cancel(kind, submitted.get().getName());
                }
                case PIPELINE_STEP_STATE_RUNNING -> platform.job(kind, step.getJob());
                default -> submit(path, action, kind, identity);
            };
            if (!job.getName().isEmpty()) {
                changes((run, now) -> machine.job(run, step.getId(), step.getAttempt(), job, now));
            }
        }

        private Job submit(StepPath path, RunJob action, JobKind kind, StepJob identity) {
            String spec = evaluation(path).json(action.spec()).toString();
            return platform.submit(new Platform.Submission(
                    kind, name.tenant(), spec, identity.requestId(), identity.labels(), false, stored.traceparent()));
        }

        private void promote(PipelineStep step, StepPath path, Promote action) {
            if (step.getResult().getPromotedVersion().isEmpty()) {
                Evaluation evaluation = evaluation(path);
                Optional<Alias> before = platform.alias(evaluation.text(action.alias()));
                StepResult noted = StepResult.newBuilder()
                        .setPromotedVersion(evaluation.text(action.version()))
                        .setPreviousVersion(before.map(Alias::getVersion).orElse(""))
                        .setAliasEtag(before.map(Alias::getEtag).orElse(""))
                        .build();
                changes((run, now) -> machine.promoting(run, step.getId(), noted, now));
                promote(step.toBuilder().setResult(noted).build(), path, action);
                return;
            }
            StepResult noted = step.getResult();
            platform.move(evaluation(path).text(action.alias()), noted.getPromotedVersion(), noted.getAliasEtag());
            changes((run, now) -> machine.promoted(run, step.getId(), now));
        }

        private void items(PipelineStep step, StepPath path, Each action) {
            String from = switch (action.items()) {
                case Derived derived -> evaluation(path).text(derived.from());
                case PipelineDocument.Listed _ -> throw new IllegalStateException(step.getId() + " looks nothing up");
            };
            var items = platform.derived(from);
            changes((run, now) -> machine.items(run, step.getId(), List.copyOf(items), now));
        }

        private Evaluation evaluation(StepPath path) {
            return Evaluation.ofStep(document, programs.expressions(), run, path);
        }

        private boolean changes(Move move) {
            PipelineRun after = runs.change(run.getName(), (current, at) -> move.apply(current.run(), at));
            return !Objects.equals(after.getEtag(), run.getEtag());
        }
    }

    /** A function of the machine. */
    @FunctionalInterface
    private interface Move {
        PipelineRun apply(PipelineRun run, Instant now);
    }
}
