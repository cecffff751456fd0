package io.graft.pipelines.domain;

import com.google.gson.JsonElement;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import io.graft.pipelines.document.InputValues;
import io.graft.pipelines.document.PipelineDocument;
import io.graft.pipelines.document.PipelineDocument.EventPattern;
import io.graft.pipelines.document.PipelineDocument.Input;
import io.graft.pipelines.document.PipelineDocument.OnAll;
import io.graft.pipelines.document.PipelineDocument.OnEvent;
import io.graft.pipelines.document.PipelineDocument.OnSchedule;
import io.graft.pipelines.document.PipelineDocument.Trigger;
import io.graft.pipelines.document.Tree;
import io.graft.pipelines.domain.TriggerStore.Due;
import io.graft.pipelines.domain.TriggerStore.Listener;
import io.graft.pipelines.domain.TriggerStore.Waiting;
import io.graft.pipelines.expression.ExpressionException;
import io.graft.pipelines.expression.Template;
import io.graft.pipelines.schedule.Cron;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.resource.ResourceName;
import io.graft.v1.PipelineCause;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts runs: by events, by times. What starts one starts one only, however often it is told. Thread-safe. */
public final class Triggers {
    private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);
    private static final int DUE_AT_ONCE = 50;

    private final TriggerStore store;
    private final RunStarts starts;
    private final Programs programs;

    public Triggers(TriggerStore store, RunStore runs, Programs programs) {
        this.store = store;
        this.starts = new RunStarts(runs, programs);
        this.programs = programs;
    }

    /** How often an event matched, and how many runs it started. */
    public record Effect(int matched, int started) {}

    /** Gives an event to every pipeline that listens, within the caller's transaction. */
    public Effect offer(Event event) {
        return offer(event, null);
    }

    /** Gives an event to the pipelines that listen, or to one; a pipeline that it has started a run of starts no second. */
    Effect offer(Event event, @Nullable String pipeline) {
        String type = event.data().getDescriptorForType().getName();
        int matched = 0;
        int started = 0;
        for (Listener listener :
                store.listeners(ResourceName.parse("subject", event.subject()).tenant(), type, pipeline)) {
            PipelineDocument document = programs.read(listener.document());
            for (int i = 0; i < document.triggers().size(); i++) {
                Optional<Boolean> effect = offer(listener, document, i, event);
                matched += effect.isPresent() ? 1 : 0;
                started += effect.orElse(false) ? 1 : 0;
            }
        }
        return new Effect(matched, started);
    }

    /** Pairs of an event and a trigger that it matches; nothing is started. */
    Effect count(Event event, @Nullable String pipeline) {
        String type = event.data().getDescriptorForType().getName();
        int matched = 0;
        for (Listener listener :
                store.listeners(ResourceName.parse("subject", event.subject()).tenant(), type, pipeline)) {
            for (Trigger trigger : programs.read(listener.document()).triggers()) {
                matched += patterns(trigger).values().stream()
                                .anyMatch(pattern -> matches(listener, pattern, event.data()))
                        ? 1
                        : 0;
            }
        }
        return new Effect(matched, 0);
    }

    /** Starts what is due by now; whether there may be more. */
    public boolean runDue() {
        int[] count = new int[1];
        store.atomically(() -> {
            Instant now = store.now();
            List<Due> due = store.due(now, DUE_AT_ONCE);
            due.forEach(schedule -> start(schedule, now));
            count[0] = due.size();
        });
        return count[0] == DUE_AT_ONCE;
    }

    /** @return empty when it does not match, else whether it started a run */
    private Optional<Boolean> offer(Listener listener, PipelineDocument document, int index, Event event) {
        Trigger trigger = document.triggers().get(index);
        Optional<Boolean> effect = Optional.empty();
        for (Map.Entry<String, EventPattern> slot : patterns(trigger).entrySet()) {
            if (matches(listener, slot.getValue(), event.data())) {
                boolean started = switch (trigger) {
                    case OnAll all -> joined(listener, document, index, all, slot, event);
                    case OnEvent _ ->
                        start(listener, document, index, Map.of(Scopes.EVENT, event.data()), List.of(event));
                    case OnSchedule _ -> false;
                };
                effect = Optional.of(started || effect.orElse(false));
            }
        }
        return effect;
    }

    private static Map<String, EventPattern> patterns(Trigger trigger) {
        return switch (trigger) {
            case OnEvent on -> Map.of("", on.event());
            case OnAll all -> all.events();
            case OnSchedule _ -> Map.of();
        };
    }

    private boolean matches(Listener listener, EventPattern pattern, Message event) {
        try {
            return EventMatch.matches(programs.expressions(), pattern, event);
        } catch (ExpressionException e) {
            LOG.warn("A condition of {} does not hold, as it fails: {}", listener.pipeline(), e.getMessage());
            return false;
        }
    }

    private boolean joined(
            Listener listener,
            PipelineDocument document,
            int index,
            OnAll all,
            Map.Entry<String, EventPattern> slot,
            Event event) {
        String key;
        try {
            key = EventMatch.key(programs.expressions(), slot.getValue(), event.data());
        } catch (ExpressionException e) {
            return failed(listener, index, List.of(event), e.getMessage());
        }
        Map<String, Event> complete =
                store.correlate(Waiting.of(listener.pipeline(), index, key, slot.getKey(), all), event);
        if (complete.isEmpty()) {
            return false;
        }
        Map<String, Message> values = new HashMap<>();
        complete.forEach((name, joined) -> values.put("events." + name, joined.data()));
        return start(
                listener,
                document,
                index,
                values,
                all.events().keySet().stream().map(complete::get).toList());
    }

    private void start(Due due, Instant now) {
        Listener listener = due.listener();
        PipelineDocument document = programs.read(listener.document());
        OnSchedule schedule = (OnSchedule) document.triggers().get(due.trigger());
        PipelineCause cause = PipelineCause.newBuilder()
                .setKind("schedule")
                .setTrigger(due.trigger())
                .setDueTime(RunDraft.time(due.time()))
                .build();
        start(
                listener,
                document,
                schedule,
                cause,
                Map.of(Scopes.CAUSE, cause),
                "time/" + due.trigger() + "/" + due.time(),
                "");
        Cron cron = Cron.of(schedule.cron().text(), schedule.zone());
        store.reschedule(listener.pipeline(), due.trigger(), cron.next(now).orElse(null));
    }

    private boolean start(
            Listener listener, PipelineDocument document, int index, Map<String, Message> values, List<Event> events) {
        PipelineCause cause = cause(index, events);
        return start(
                listener,
                document,
                document.triggers().get(index),
                cause,
                values,
                causeKey(index, events),
                events.getLast().traceparent());
    }

    private boolean start(
            Listener listener,
            PipelineDocument document,
            Trigger trigger,
            PipelineCause cause,
            Map<String, Message> values,
            String causeKey,
            String traceparent) {
        Struct inputs;
        try {
            inputs = inputs(document, trigger, values);
        } catch (ExpressionException | GraftException e) {
            return starts.failed(listener, cause, causeKey, String.valueOf(e.getMessage()), traceparent)
                    .fresh();
        }
        return starts.start(listener, document, inputs, cause, causeKey, "", "", traceparent)
                .fresh();
    }

    private boolean failed(Listener listener, int index, List<Event> events, String why) {
        return starts.failed(
                        listener,
                        cause(index, events),
                        causeKey(index, events),
                        why,
                        events.getLast().traceparent())
                .fresh();
    }

    private static PipelineCause cause(int index, List<Event> events) {
        return PipelineCause.newBuilder()
                .setKind("event")
                .setTrigger(index)
                .addAllEventIds(events.stream().map(Event::id).toList())
                .build();
    }

    private static String causeKey(int index, List<Event> events) {
        return "event/" + index + "/"
                + String.join("+", events.stream().map(Event::id).toList());
    }

    private Struct inputs(PipelineDocument document, Trigger trigger, Map<String, Message> values) {
        Struct.Builder given = Struct.newBuilder();
        for (Map.Entry<String, Tree> entry : trigger.with().entrySet()) {
            Input input = document.inputs().stream()
                    .filter(declared -> declared.name().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow();
            Tree.Scalar scalar = (Tree.Scalar) entry.getValue();
            Object value = scalar.value() instanceof String text
                    ? Template.parse(text).value(programs.expressions(), Scopes.trigger(trigger), values)
                    : scalar.value();
            Object converted = InputValues.convert(input.type(), value);
            if (converted == null) {
                JsonElement shown = Json.of(value);
                throw GraftException.invalid(
                        ErrorCode.INVALID_REQUEST,
                        List.of(new FieldViolation("inputs." + input.name(), "is not to be " + shown)));
            }
            given.putFields(input.name(), RunInputs.value(converted));
        }
        return RunInputs.fill(document, given.build());
    }
}
