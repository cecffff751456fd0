package io.graft.pipelines.domain;

import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Approval;
import io.graft.pipelines.document.PipelineDocument.Derived;
import io.graft.pipelines.document.PipelineDocument.Each;
import io.graft.pipelines.document.PipelineDocument.Gate;
import io.graft.pipelines.document.PipelineDocument.Listed;
import io.graft.pipelines.document.PipelineDocument.Promote;
import io.graft.pipelines.document.PipelineDocument.RunJob;
import io.graft.pipelines.document.PipelineDocument.Step;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.DerivedVersion;
import io.graft.v1.Job;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineStep;
import io.graft.v1.PipelineStepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The plan of a run: its steps, and for each job what its service estimates. A job whose specification takes what an earlier
 * step makes can't be checked before; the plan says so. Thread-safe.
 */
final class Planner {
    private static final String LATER = "Can be told once the steps that it needs have run";

    private final Programs programs;
    private final Platform platform;

    Planner(Programs programs, Platform platform) {
        this.programs = programs;
        this.platform = platform;
    }

    /** Completes a run that has no steps yet. */
    PipelineRun plan(PipelineDocument document, PipelineRun run, String tenant, String traceparent) {
        Evaluation evaluation = Evaluation.ofRun(document, programs.expressions(), run);
        Plan plan = new Plan(tenant, traceparent);
        plan.steps("", document.steps(), evaluation);
        return run.toBuilder().addAllSteps(plan.steps).build();
    }

    /** A plan while it is made. */
    private final class Plan {
        private final String tenant;
        private final String traceparent;
        private final List<PipelineStep> steps = new ArrayList<>();

        Plan(String tenant, String traceparent) {
            this.tenant = tenant;
            this.traceparent = traceparent;
        }

        void steps(String prefix, List<Step> declared, Evaluation evaluation) {
            List<PipelineStep> drafts = RunMachine.steps(prefix, declared);
            for (int i = 0; i < declared.size(); i++) {
                step(drafts.get(i).toBuilder(), declared.get(i), evaluation);
            }
        }

        private void step(PipelineStep.Builder draft, Step step, Evaluation evaluation) {
            try {
                if (!evaluation.holds(step.when())) {
                    steps.add(draft.setState(PipelineStepState.PIPELINE_STEP_STATE_SKIPPED)
                            .setMessage("Its condition does not hold")
                            .build());
                    return;
                }
            } catch (ExpressionException e) {
                draft.setMessage(LATER);
            }
            switch (step.action()) {
                case RunJob job -> steps.add(job(draft, job, evaluation));
                case Each each -> each(draft, each, evaluation);
                case Gate _, Approval _, Promote _ -> steps.add(draft.build());
            }
        }

        private PipelineStep job(PipelineStep.Builder draft, RunJob job, Evaluation evaluation) {
            String spec;
            try {
                spec = evaluation.json(job.spec()).toString();
            } catch (ExpressionException e) {
                return draft.setMessage(LATER).build();
            }
            JobKind kind = JobKind.find(job.kind().text()).orElseThrow();
            try {
                Job checked =
                        platform.submit(new Platform.Submission(kind, tenant, spec, "", Map.of(), true, traceparent));
                return draft.setEstimate(checked.getEstimate())
                        .setMessage(String.join("; ", checked.getWarningsList()))
                        .build();
            } catch (GraftException e) {
                if (e.code().category() == ErrorCode.Category.UNAVAILABLE) {
                    throw e;
                }
                return draft.setState(PipelineStepState.PIPELINE_STEP_STATE_FAILED)
                        .setMessage(e.code() + ": " + e.getMessage())
                        .build();
            }
        }

        private void each(PipelineStep.Builder draft, Each each, Evaluation evaluation) {
            List<DerivedVersion> items;
            try {
                List<DerivedVersion> found = switch (each.items()) {
                    case Listed listed ->
                        evaluation.texts(listed.list()).stream()
                                .map(text -> DerivedVersion.newBuilder()
                                        .setVersion(text)
                                        .build())
                                .toList();
                    case Derived derived -> platform.derived(evaluation.text(derived.from()));
                };
                items = found.stream()
                        .filter(item -> evaluation.forItem(item).holds(each.when()))
                        .limit(StepRules.MAX_ITEMS)
                        .toList();
            } catch (ExpressionException e) {
                steps.add(draft.setMessage(LATER).build());
                return;
            }
            String id = draft.getId();
            steps.add(draft.addAllItems(items).build());
            for (int i = 0; i < items.size(); i++) {
                int before = steps.size();
                steps(id + "/" + i + "/", each.steps(), evaluation.forItem(items.get(i)));
                for (int at = before; at < steps.size(); at++) {
                    steps.set(
                            at, steps.get(at).toBuilder().setItem(items.get(i)).build());
                }
            }
        }
    }
}
