package io.graft.pipelines.document;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a document says; every reference is sound within the list that it stands in, expressions are not looked at.
 *
 * @param concurrency null when runs don't exclude each other
 */
public record PipelineDocument(
        String description,
        List<Input> inputs,
        List<Trigger> triggers,
        @Nullable Concurrency concurrency,
        List<Step> steps) {
    public PipelineDocument {
        inputs = List.copyOf(inputs);
        triggers = List.copyOf(triggers);
        steps = List.copyOf(steps);
    }

    /**
     * Reads a document.
     *
     * @return empty when it can't be used, which the problems tell of
     */
    public static Optional<PipelineDocument> read(String text, Problems problems) {
        Optional<Tree> tree = YamlReader.read(text, problems);
        tree.ifPresent(root -> new ShapeCheck(problems).check(root, PipelineShape.DOCUMENT));
        if (tree.isEmpty() || !problems.isEmpty()) {
            return Optional.empty();
        }
        PipelineDocument document = new DocumentReader(problems).document((Tree.Mapping) tree.get());
        return problems.isEmpty() ? Optional.of(document) : Optional.empty();
    }

    /** Types of inputs. */
    public enum InputType {
        STRING,
        INT,
        DOUBLE,
        BOOL
    }

    /**
     * One input.
     *
     * @param standard value when none is given, a String, Long, Double or Boolean; null when it must be given
     */
    public record Input(
            String name, InputType type, @Nullable Object standard, Place place) {}

    /** What starts a run. */
    public sealed interface Trigger {
        /** Inputs by name: each a tree with templates. */
        SequencedMap<String, Tree> with();

        Place place();
    }

    /** One event. */
    public record OnEvent(EventPattern event, SequencedMap<String, Tree> with, Place place) implements Trigger {
        public OnEvent {
            with = copy(with);
        }
    }

    /** Several events of one key within a time. */
    public record OnAll(
            SequencedMap<String, EventPattern> events, Duration within, SequencedMap<String, Tree> with, Place place)
            implements Trigger {
        public OnAll {
            events = copy(events);
            with = copy(with);
        }
    }

    /**
     * A time.
     *
     * @param cron five fields, as Unix has them
     * @param zone an IANA time zone
     */
    public record OnSchedule(Source cron, String zone, SequencedMap<String, Tree> with, Place place)
            implements Trigger {
        public OnSchedule {
            with = copy(with);
        }
    }

    /**
     * Which events are meant.
     *
     * @param type name of the message
     * @param model id of the model; empty for any, as are alias and data set
     * @param when condition on {@code event}; null for none
     * @param key expression on {@code event}; null when all share one
     */
    public record EventPattern(
            String type,
            String model,
            String alias,
            String dataset,
            @Nullable Source when,
            @Nullable Source key,
            Place place) {}

    /** What happens to a run while another one of its key is at work. */
    public record Concurrency(@Nullable Source key, Policy policy) {}

    /** What happens to the later run. */
    public enum Policy {
        QUEUE,
        SKIP,
        REPLACE
    }

    /** One step. */
    public record Step(
            String id,
            List<String> needs,
            @Nullable Source when,
            Action action,
            Retries retries,
            @Nullable Duration timeout,
            @Nullable Action compensate,
            Place place) {
        public Step {
            needs = List.copyOf(needs);
        }
    }

    /**
     * Attempts after a failed one.
     *
     * @param max attempts after the first
     */
    public record Retries(int max, Duration backoff, Duration maxBackoff) {
        static final Retries NONE = new Retries(0, Duration.ofSeconds(10), Duration.ofMinutes(10));

        /** Wait before an attempt, the second being 2. */
        public Duration before(int attempt) {
            Duration wait = backoff.multipliedBy(1L << Math.min(attempt - 2, 20));
            return wait.compareTo(maxBackoff) > 0 ? maxBackoff : wait;
        }
    }

    /** What a step does. */
    public sealed interface Action {
        /** Its name in documents and in runs. */
        default String type() {
            return switch (this) {
                case RunJob _ -> "job";
                case Gate _ -> "gate";
                case Approval _ -> "approval";
                case Promote _ -> "promote";
                case Each _ -> "each";
            };
        }
    }

    /** Runs a job. */
    public record RunJob(Source kind, Tree spec) implements Action {}

    /** Holds the run unless a condition holds. */
    public record Gate(Source condition, Source reason) implements Action {}

    /** Waits for a person. */
    public record Approval(Source message) implements Action {}

    /** Moves an alias. */
    public record Promote(Source alias, Source version) implements Action {}

    /** Does steps for each of several items. */
    public record Each(Items items, @Nullable Source when, List<Step> steps) implements Action {
        public Each {
            steps = List.copyOf(steps);
        }
    }

    /** Where the items come from. */
    public sealed interface Items {}

    /** An expression that gives a list of texts. */
    public record Listed(Source list) implements Items {}

    /** What derives from a version. */
    public record Derived(Source from) implements Items {}

    private static <V> SequencedMap<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }
}
