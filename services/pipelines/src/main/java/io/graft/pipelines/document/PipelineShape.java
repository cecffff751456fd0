package io.graft.pipelines.document;

import io.graft.pipelines.document.Shape.AnyValue;
import io.graft.pipelines.document.Shape.Choice;
import io.graft.pipelines.document.Shape.Expression;
import io.graft.pipelines.document.Shape.Keys;
import io.graft.pipelines.document.Shape.ListOf;
import io.graft.pipelines.document.Shape.MapOf;
import io.graft.pipelines.document.Shape.Named;
import io.graft.pipelines.document.Shape.Text;
import io.graft.pipelines.document.Shape.Whole;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** The shape of a document. */
final class PipelineShape {
    /** Grammar of the names of inputs, events and steps: they are names in expressions too. */
    static final String NAME = "[a-z][a-z0-9_]{0,39}";

    private static final String RESOURCE_ID = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final String SPAN = "[1-9][0-9]{0,5}(ms|s|m|h|d)";
    private static final Shape DURATION = new Text(SPAN, "30m");
    private static final Shape VALUE = new AnyValue();
    private static final Shape VALUES = new MapOf(NAME, VALUE, 64);
    private static final Shape TEMPLATE = new Text("", "${{ inputs.base }}");

    static final Shape DOCUMENT = document();

    private PipelineShape() {}

    private static Shape document() {
        return keys().add(
                        "description", new Text("(?s).{0,2000}", "Carries every adapter to a new base"), "For people.")
                .add(
                        "inputs",
                        new MapOf(NAME, input(), 64),
                        "What a run is given, by name; expressions see `inputs.NAME`.")
                .add("triggers", new ListOf(trigger(), 0, 16), "What starts a run; by hand it always can be run.")
                .add("concurrency", concurrency(), "What happens to a run while another one is at work.")
                .require("steps", steps(1), "What is done.")
                .shape();
    }

    private static Shape input() {
        return keys().require("type", new Choice(List.of("string", "int", "double", "bool")), "Type of the value.")
                .add("default", VALUE, "The value when none is given; without it the input is required.")
                .add("description", new Text("(?s).{0,500}", "The new base"), "For people.")
                .shape();
    }

    private static Shape trigger() {
        return keys().add("on", eventType(), "Type of the event that starts a run.")
                .addAll(conditions())
                .add(
                        "all",
                        new MapOf(NAME, correlated(), 8),
                        "Several events that start one run when all of them came.")
                .add("within", DURATION, "With `all`: how far apart they may be; 24h when absent.")
                .add(
                        "schedule",
                        new Text("\\S+( +\\S+){4}", "0 3 * * *"),
                        "Minute, hour, day, month and weekday, as cron has them.")
                .add(
                        "zone",
                        new Text("[A-Za-z0-9_+/-]{1,64}", "Europe/Berlin"),
                        "Time zone of the schedule; UTC when absent.")
                .add("with", VALUES, "The inputs, from `event`, or with `all` from `events.NAME`.")
                .exactlyOne("on", "all", "schedule");
    }

    private static Shape correlated() {
        return keys().require("on", eventType(), "Type of the event.")
                .addAll(conditions())
                .add("key", new Expression(), "Text that the events have in common; all share one key when absent.")
                .shape();
    }

    private static Shape eventType() {
        return new Choice(List.copyOf(EventKinds.names()));
    }

    private static SequencedMap<String, Shape.Key> conditions() {
        return keys().add("model", new Text(RESOURCE_ID, "bge-small-en"), "Only events about this model.")
                .add("alias", new Text(RESOURCE_ID, "base"), "Only moves of this alias.")
                .add("dataset", new Text(RESOURCE_ID, "reviews"), "Only events about this data set.")
                .add("when", new Expression(), "Condition on `event`.")
                .keys;
    }

    private static Shape concurrency() {
        return keys().add("key", TEMPLATE, "Runs of the same key exclude each other; all of the pipeline when absent.")
                .require(
                        "policy",
                        new Choice(List.of("queue", "skip", "replace")),
                        "Whether a later run waits, is passed over, or cancels the earlier one.")
                .shape();
    }

    private static Shape steps(int depth) {
        return new Named(depth == 1 ? "steps" : "itemSteps", () -> new ListOf(step(depth), 1, 64));
    }

    private static Shape step(int depth) {
        KeysBuilder step = keys().require(
                        "id", new Text(NAME, "graft"), "Name of the step; later expressions see `steps.ID`.")
                .add("needs", new ListOf(new Text(NAME, "graft"), 0, 64), "Steps of the same list that it waits for.")
                .add("when", new Expression(), "It is skipped unless this holds.")
                .add("job", job(), "Submits a job and waits for its end.")
                .add("gate", gate(), "Goes on only when a condition holds; else the run is held.")
                .add("approval", approval(), "Waits for a person.")
                .add("promote", promote(), "Moves an alias to a version.")
                .add("retries", retries(), "For a job: attempts after one that failed.")
                .add("timeout", DURATION, "For a job or an approval: it fails when it isn't done by then.")
                .add(
                        "compensate",
                        compensate(),
                        "What undoes the step when a step of the same list fails, is held or rejected after it succeeded.");
        if (depth == 1) {
            return step.add("each", each(), "Does steps for each of several items.")
                    .exactlyOne("job", "gate", "approval", "promote", "each");
        }
        return step.exactlyOne("job", "gate", "approval", "promote");
    }

    private static Shape job() {
        return keys().require("kind", new Text("[a-z][a-z_]{0,39}", "graft"), "Kind of the job, of any service.")
                .require("spec", new AnyValue(), "Its specification, as the API has it; `${{ expression }}` in texts.")
                .shape();
    }

    private static Shape gate() {
        return keys().require(
                        "condition",
                        new Expression(),
                        "Holds when the run may go on, for example `steps.evaluate.verdict == 'PASS'`.")
                .add("reason", TEMPLATE, "For people, when it does not.")
                .shape();
    }

    private static Shape approval() {
        return keys().require("message", TEMPLATE, "What is asked.").shape();
    }

    private static Shape promote() {
        return keys().require("alias", TEMPLATE, "Resource name of the alias.")
                .require("version", TEMPLATE, "Resource name of the version.")
                .shape();
    }

    private static Shape retries() {
        return keys().require("max", new Whole(1, 20), "Attempts after the first.")
                .add(
                        "backoff",
                        DURATION,
                        "Wait before the second attempt; it doubles with each further one. 10s when absent.")
                .add("max_backoff", DURATION, "Longest wait; 10m when absent.")
                .shape();
    }

    private static Shape compensate() {
        return keys().add("job", job(), "Submits a job.")
                .add("promote", promote(), "Moves an alias; nothing is done when the version is empty.")
                .exactlyOne("job", "promote");
    }

    private static Shape each() {
        return keys().add("of", new Expression(), "A list of texts; `item.version` is each.")
                .add(
                        "derived_from",
                        TEMPLATE,
                        "A version: the newest of each model that derives from it; `item` has `version`, `model`, `kind`, `base`.")
                .add("when", new Expression(), "Only the items for which this holds.")
                .require("steps", steps(2), "What is done for each item; they see the steps that the `each` needs.")
                .exactlyOne("of", "derived_from");
    }

    private static KeysBuilder keys() {
        return new KeysBuilder();
    }

    private static final class KeysBuilder {
        private final SequencedMap<String, Shape.Key> keys = new LinkedHashMap<>();

        KeysBuilder add(String name, Shape shape, String meaning) {
            keys.put(name, new Shape.Key(shape, false, meaning));
            return this;
        }

        KeysBuilder require(String name, Shape shape, String meaning) {
            keys.put(name, new Shape.Key(shape, true, meaning));
            return this;
        }

        KeysBuilder addAll(SequencedMap<String, Shape.Key> more) {
            keys.putAll(more);
            return this;
        }

        Keys shape() {
            return new Keys(keys, Set.of());
        }

        Keys exactlyOne(String... names) {
            return new Keys(keys, new LinkedHashSet<>(List.of(names)));
        }
    }
}
