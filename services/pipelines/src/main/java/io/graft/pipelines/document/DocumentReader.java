package io.graft.pipelines.document;

import io.graft.pipelines.document.PipelineDocument.Action;
import io.graft.pipelines.document.PipelineDocument.Approval;
import io.graft.pipelines.document.PipelineDocument.Concurrency;
import io.graft.pipelines.document.PipelineDocument.Derived;
import io.graft.pipelines.document.PipelineDocument.Each;
import io.graft.pipelines.document.PipelineDocument.EventPattern;
import io.graft.pipelines.document.PipelineDocument.Gate;
import io.graft.pipelines.document.PipelineDocument.Input;
import io.graft.pipelines.document.PipelineDocument.InputType;
import io.graft.pipelines.document.PipelineDocument.Listed;
import io.graft.pipelines.document.PipelineDocument.OnAll;
import io.graft.pipelines.document.PipelineDocument.OnEvent;
import io.graft.pipelines.document.PipelineDocument.OnSchedule;
import io.graft.pipelines.document.PipelineDocument.Policy;
import io.graft.pipelines.document.PipelineDocument.Promote;
import io.graft.pipelines.document.PipelineDocument.Retries;
import io.graft.pipelines.document.PipelineDocument.RunJob;
import io.graft.pipelines.document.PipelineDocument.Step;
import io.graft.pipelines.document.PipelineDocument.Trigger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the document out of a tree whose shape is right, and checks what a shape does not say. */
final class DocumentReader {
    private static final Duration WITHIN = Duration.ofHours(24);
    private static final Set<String> CONDITIONS = Set.of("model", "alias", "dataset");

    private final Problems problems;

    DocumentReader(Problems problems) {
        this.problems = problems;
    }

    PipelineDocument document(Tree.Mapping root) {
        List<Input> inputs = new ArrayList<>();
        map(root, "inputs").forEach((name, tree) -> inputs.add(input(name, (Tree.Mapping) tree)));
        List<Trigger> triggers =
                list(root, "triggers").stream().map(this::trigger).toList();
        Concurrency concurrency = root.get("concurrency") instanceof Tree.Mapping mapping
                ? new Concurrency(
                        optional(mapping, "key"),
                        Policy.valueOf(text(mapping, "policy").toUpperCase(Locale.ROOT)))
                : null;
        List<Step> steps = steps(list(root, "steps"));
        return new PipelineDocument(text(root, "description"), inputs, triggers, concurrency, steps);
    }

    private Input input(String name, Tree.Mapping tree) {
        InputType type = InputType.valueOf(text(tree, "type").toUpperCase(Locale.ROOT));
        Tree standard = tree.get("default");
        Object value = null;
        if (standard != null) {
            value = standard instanceof Tree.Scalar scalar ? InputValues.convert(type, scalar.value()) : null;
            if (value == null) {
                problems.add(standard.place(), "is not of the input's type, " + text(tree, "type"));
            }
        }
        return new Input(name, type, value, tree.place());
    }

    private Trigger trigger(Tree tree) {
        Tree.Mapping mapping = (Tree.Mapping) tree;
        SequencedMap<String, Tree> with = map(mapping, "with");
        if (mapping.get("all") instanceof Tree.Mapping all) {
            only(mapping, "all", Set.of("all", "within", "with"));
            SequencedMap<String, EventPattern> events = new LinkedHashMap<>();
            all.entries().forEach((name, event) -> events.put(name, pattern((Tree.Mapping) event)));
            if (events.size() < 2) {
                problems.add(all.place(), "names fewer than two events; use 'on' for one");
            }
            Duration within = duration(mapping, "within").orElse(WITHIN);
            return new OnAll(events, within, with, mapping.place());
        }
        if (mapping.get("schedule") instanceof Tree schedule) {
            only(mapping, "schedule", Set.of("schedule", "zone", "with"));
            String zone = mapping.get("zone") == null ? "UTC" : text(mapping, "zone");
            checkZone(mapping, zone);
            return new OnSchedule(source(schedule), zone, with, mapping.place());
        }
        only(mapping, "on", Set.of("on", "model", "alias", "dataset", "when", "with"));
        return new OnEvent(pattern(mapping), with, mapping.place());
    }

    private void checkZone(Tree.Mapping mapping, String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.add(
                    Objects.requireNonNull(mapping.get("zone")).place(),
                    "is no time zone known here: " + e.getMessage());
        }
    }

    private void only(Tree.Mapping mapping, String kind, Set<String> allowed) {
        mapping.entries().forEach((name, value) -> {
            if (!allowed.contains(name)) {
                problems.add(value.place(), "has no meaning for a trigger with '" + kind + "'");
            }
        });
    }

    private EventPattern pattern(Tree.Mapping mapping) {
        String type = text(mapping, "on");
        for (String condition : CONDITIONS) {
            Tree given = mapping.get(condition);
            if (given != null && !EventKinds.conditions(type).contains(condition)) {
                problems.add(given.place(), "has no meaning for " + type + "; use 'when'");
            }
        }
        return new EventPattern(
                type,
                text(mapping, "model"),
                text(mapping, "alias"),
                text(mapping, "dataset"),
                optional(mapping, "when"),
                optional(mapping, "key"),
                mapping.place());
    }

    private List<Step> steps(List<Tree> trees) {
        List<Step> steps = trees.stream().map(tree -> step((Tree.Mapping) tree)).toList();
        new StepOrder(problems).check(steps);
        return steps;
    }

    private Step step(Tree.Mapping mapping) {
        List<String> needs = list(mapping, "needs").stream()
                .map(tree -> ((Tree.Scalar) tree).text())
                .toList();
        Action action = Objects.requireNonNull(action(mapping), "the shape asks for one");
        Tree.Mapping retries = mapping.get("retries") instanceof Tree.Mapping given ? given : null;
        if (retries != null && !(action instanceof RunJob)) {
            problems.add(retries.place(), "has a meaning for a job only");
        }
        Optional<Duration> timeout = duration(mapping, "timeout");
        if (timeout.isPresent() && !(action instanceof RunJob || action instanceof Approval)) {
            problems.add(
                    Objects.requireNonNull(mapping.get("timeout")).place(),
                    "has a meaning for a job or an approval only");
        }
        Action compensate = mapping.get("compensate") instanceof Tree.Mapping given ? action(given) : null;
        return new Step(
                text(mapping, "id"),
                needs,
                optional(mapping, "when"),
                action,
                retries == null ? Retries.NONE : retries(retries),
                timeout.orElse(null),
                compensate,
                mapping.place());
    }

    private static Retries retries(Tree.Mapping mapping) {
        return new Retries(
                Integer.parseInt(text(mapping, "max")),
                duration(mapping, "backoff").orElse(Retries.NONE.backoff()),
                duration(mapping, "max_backoff").orElse(Retries.NONE.maxBackoff()));
    }

    private @Nullable Action action(Tree.Mapping mapping) {
        for (String type : List.of("job", "gate", "approval", "promote", "each")) {
            if (mapping.get(type) instanceof Tree.Mapping body) {
                return action(type, body);
            }
        }
        return null;
    }

    private Action action(String type, Tree.Mapping body) {
        return switch (type) {
            case "job" -> new RunJob(required(body, "kind"), Objects.requireNonNull(body.get("spec")));
            case "gate" -> {
                Source condition = required(body, "condition");
                Source reason = optional(body, "reason");
                yield new Gate(condition, reason == null ? new Source("", condition.place()) : reason);
            }
            case "approval" -> new Approval(required(body, "message"));
            case "promote" -> new Promote(required(body, "alias"), required(body, "version"));
            default -> {
                Source listed = optional(body, "of");
                yield new Each(
                        listed != null ? new Listed(listed) : new Derived(required(body, "derived_from")),
                        optional(body, "when"),
                        steps(list(body, "steps")));
            }
        };
    }

    private static Optional<Duration> duration(Tree.Mapping mapping, String key) {
        String text = text(mapping, key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean millis = text.endsWith("ms");
        long amount = Long.parseLong(text.substring(0, text.length() - (millis ? 2 : 1)));
        return Optional.of(
                millis
                        ? Duration.ofMillis(amount)
                        : switch (text.charAt(text.length() - 1)) {
                            case 's' -> Duration.ofSeconds(amount);
                            case 'm' -> Duration.ofMinutes(amount);
                            case 'h' -> Duration.ofHours(amount);
                            default -> Duration.ofDays(amount);
                        });
    }

    private static SequencedMap<String, Tree> map(Tree.Mapping mapping, String key) {
        return mapping.get(key) instanceof Tree.Mapping found ? found.entries() : new LinkedHashMap<>();
    }

    private static List<Tree> list(Tree.Mapping mapping, String key) {
        return mapping.get(key) instanceof Tree.Sequence found ? found.items() : List.of();
    }

    private static String text(Tree.Mapping mapping, String key) {
        return mapping.get(key) instanceof Tree.Scalar scalar ? scalar.text() : "";
    }

    private static Source required(Tree.Mapping mapping, String key) {
        return source(Objects.requireNonNull(mapping.get(key), key));
    }

    private static @Nullable Source optional(Tree.Mapping mapping, String key) {
        Tree found = mapping.get(key);
        return found == null ? null : source(found);
    }

    private static Source source(Tree tree) {
        return new Source(((Tree.Scalar) tree).text(), tree.place());
    }
}
