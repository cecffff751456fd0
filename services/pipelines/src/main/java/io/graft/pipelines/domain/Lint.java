package io.graft.pipelines.domain;

import io.graft.pipelines.document.InputValues;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.Action;
import io.graft.pipelines.document.PipelineDocument.Approval;
import io.graft.pipelines.document.PipelineDocument.Derived;
import io.graft.pipelines.document.PipelineDocument.Each;
import io.graft.pipelines.document.PipelineDocument.EventPattern;
import io.graft.pipelines.document.PipelineDocument.Gate;
import io.graft.pipelines.document.PipelineDocument.Input;
import io.graft.pipelines.document.PipelineDocument.Listed;
import io.graft.pipelines.document.PipelineDocument.OnAll;
import io.graft.pipelines.document.PipelineDocument.OnEvent;
import io.graft.pipelines.document.PipelineDocument.OnSchedule;
import io.graft.pipelines.document.PipelineDocument.Promote;
import io.graft.pipelines.document.PipelineDocument.RunJob;
import io.graft.pipelines.document.PipelineDocument.Step;
import io.graft.pipelines.document.PipelineDocument.Trigger;
import io.graft.pipelines.document.Problems;
import io.graft.pipelines.document.Source;
import io.graft.pipelines.document.Tree;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.pipelines.expression.Expressions;
import io.graft.pipelines.expression.Scope;
import io.graft.pipelines.expression.Template;
import io.graft.pipelines.expression.Type;
import io.graft.pipelines.schedule.Cron;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Finds everything that can be found wrong in a document before it runs. Not thread-safe. */
final class Lint {
    private final Problems problems;
    private final Expressions expressions;

    private Lint(Problems problems, Expressions expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    /** The document when nothing is wrong with it; else empty, and the problems say what. */
    static Optional<PipelineDocument> check(String text, Expressions expressions, Problems problems) {
        Optional<PipelineDocument> document = PipelineDocument.read(text, problems);
        document.ifPresent(found -> new Lint(problems, expressions).document(found));
        return document.filter(found -> problems.isEmpty());
    }

    private void document(PipelineDocument document) {
        document.triggers().forEach(trigger -> trigger(document, trigger));
        Scope run = Scopes.run(document);
        if (document.concurrency() != null && document.concurrency().key() != null) {
            template(run, document.concurrency().key(), new Type.Text());
        }
        steps(run, document.steps());
    }

    private void trigger(PipelineDocument document, Trigger trigger) {
        switch (trigger) {
            case OnEvent on -> {
                pattern(on.event());
                loop(document, on.event());
            }
            case OnAll all -> all.events().values().forEach(this::pattern);
            case OnSchedule schedule ->
                Cron.problem(schedule.cron().text())
                        .ifPresent(problem -> problems.add(schedule.cron().place(), problem));
        }
        with(document, trigger);
    }

    private void pattern(EventPattern pattern) {
        Scope scope = Scopes.event(pattern.type());
        expression(scope, pattern.when(), new Type.Flag());
        expression(scope, pattern.key(), new Type.Text());
    }

    /** A pipeline that promotes and starts at every promotion would never end. */
    private void loop(PipelineDocument document, EventPattern pattern) {
        boolean everyAlias =
                pattern.type().equals("AliasMoved") && pattern.alias().isEmpty() && pattern.when() == null;
        if (everyAlias && document.steps().stream().anyMatch(Lint::promotes)) {
            problems.add(
                    pattern.place(),
                    "starts at every move of any alias, its own promotions too, and would never end; name the alias");
        }
    }

    private static boolean promotes(Step step) {
        return switch (step.action()) {
            case Promote _ -> true;
            case Each each -> each.steps().stream().anyMatch(Lint::promotes);
            case RunJob _, Gate _, Approval _ -> false;
        };
    }

    private void with(PipelineDocument document, Trigger trigger) {
        Scope scope = Scopes.trigger(trigger);
        SequencedMap<String, Tree> with = trigger.with();
        with.forEach((name, tree) -> {
            Optional<Input> input = document.inputs().stream()
                    .filter(declared -> declared.name().equals(name))
                    .findFirst();
            if (input.isEmpty()) {
                problems.add(tree.place(), "is no input of this pipeline; declare it under inputs");
            } else if (tree instanceof Tree.Scalar scalar) {
                value(scope, scalar, input.get());
            } else {
                problems.add(tree.place(), "is a single value, not " + tree.kind());
            }
        });
        for (Input input : document.inputs()) {
            if (input.standard() == null && !with.containsKey(input.name())) {
                problems.add(
                        trigger.place(),
                        "does not give the input '" + input.name() + "', which has no default; add it under with");
            }
        }
    }

    private void value(Scope scope, Tree.Scalar scalar, Input input) {
        Source source = new Source(scalar.text(), scalar.place());
        if (scalar.value() instanceof String text && !isLiteral(text)) {
            template(scope, source, Scopes.type(input.type()));
        } else if (InputValues.convert(input.type(), scalar.value()) == null) {
            problems.add(scalar.place(), "is not of the input's type");
        }
    }

    private static boolean isLiteral(String text) {
        try {
            return Template.parse(text).isLiteral();
        } catch (ExpressionException unfinished) {
            return false; // told of when it is checked as a template
        }
    }

    private void steps(Scope outer, List<Step> steps) {
        for (Step step : steps) {
            Scope scope = Scopes.step(outer, steps, step);
            expression(scope, step.when(), new Type.Flag());
            action(scope, step.action());
            if (step.compensate() != null) {
                action(Scopes.compensation(scope, step.id()), step.compensate());
            }
        }
    }

    private void action(Scope scope, Action action) {
        switch (action) {
            case RunJob job -> job(scope, job);
            case Gate gate -> {
                expression(scope, gate.condition(), new Type.Flag());
                template(scope, gate.reason(), new Type.Text());
            }
            case Approval approval -> template(scope, approval.message(), new Type.Text());
            case Promote promote -> {
                template(scope, promote.alias(), new Type.Text());
                template(scope, promote.version(), new Type.Text());
            }
            case Each each -> {
                switch (each.items()) {
                    case Listed listed -> expression(scope, listed.list(), new Type.Texts());
                    case Derived derived -> template(scope, derived.from(), new Type.Text());
                }
                Scope item = Scopes.item(scope);
                expression(item, each.when(), new Type.Flag());
                steps(item, each.steps());
            }
        }
    }

    private void job(Scope scope, RunJob job) {
        Map<String, JobKind> kinds = JobKind.all();
        JobKind kind = kinds.get(job.kind().text());
        if (kind == null) {
            problems.add(
                    job.kind().place(),
                    "'" + job.kind().text() + "' is no kind of job; there are " + String.join(", ", kinds.keySet()));
        } else {
            new SpecCheck(problems, expressions, scope).message(job.spec(), kind.spec());
        }
    }

    private void expression(Scope scope, @Nullable Source source, Type wanted) {
        if (source != null) {
            try {
                expressions.check(scope, source.text(), wanted);
            } catch (ExpressionException e) {
                problems.add(source.place(), e.getMessage());
            }
        }
    }

    private void template(Scope scope, Source source, Type wanted) {
        try {
            Template.parse(source.text()).check(expressions, scope, wanted);
        } catch (ExpressionException e) {
            problems.add(source.place(), e.getMessage());
        }
    }
}
