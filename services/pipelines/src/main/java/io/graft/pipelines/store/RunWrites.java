package io.graft.pipelines.store;

import io.graft.pipelines.domain.NextLook;
import io.graft.pipelines.domain.RunStore.StoredRun;
import io.graft.pipelines.domain.StepStates;
import io.graft.platform.postgres.Outbox;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.PipelineRunName;
import io.graft.v1.PipelineRun;
import io.graft.v1.PipelineRunChanged;
import io.graft.v1.PipelineRunEvent;
import io.graft.v1.PipelineStep;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes a changed run with the event that tells of it. */
final class RunWrites {
    private final String source;

    RunWrites(String source) {
        this.source = source;
    }

    /** @return the run as it is stored; unchanged when it is the same */
    PipelineRun write(Handle handle, StoredRun before, PipelineRun wanted, Instant now) {
        if (wanted.equals(before.run())) {
            return wanted;
        }
        PipelineRun stamped = stamp(wanted, now);
        RunRows.update(handle, stamped, NextLook.of(stamped, now).orElse(null));
        tell(handle, stamped, event(before.run(), stamped), before.traceparent());
        if (StepStates.isTerminal(stamped.getState())) {
            wakeNext(handle, stamped, now);
        }
        return stamped;
    }

    static PipelineRun stamp(PipelineRun run, Instant now) {
        long sequence = run.getSequence() + 1;
        return run.toBuilder()
                .setSequence(sequence)
                .setEtag(Long.toString(sequence))
                .setUpdateTime(Rows.time(now))
                .build();
    }

    void tell(Handle handle, PipelineRun run, PipelineRunEvent event, String traceparent) {
        handle.execute(
                "insert into run_event (run, sequence, event) values (?, ?, ?)",
                run.getName(),
                event.getSequence(),
                event.toByteArray());
        Outbox.add(
                handle,
                source,
                run.getName(),
                PipelineRunChanged.newBuilder().setEvent(event).build(),
                traceparent);
    }

    static PipelineRunEvent event(PipelineRun before, PipelineRun after) {
        Map<String, PipelineStep> old = new HashMap<>();
        before.getStepsList().forEach(step -> old.put(step.getId(), step));
        List<PipelineStep> changed = after.getStepsList().stream()
                .filter(step -> !step.equals(old.get(step.getId())))
                .map(step -> step.toBuilder().clearEstimate().build())
                .toList();
        String message = after.getMessage().equals(before.getMessage()) ? "" : after.getMessage();
        return PipelineRunEvent.newBuilder()
                .setRun(after.getName())
                .setSequence(after.getSequence())
                .setTime(after.getUpdateTime())
                .setState(after.getState())
                .addAllSteps(changed)
                .setMessage(message.isEmpty() ? told(changed) : message)
                .build();
    }

    private static String told(List<PipelineStep> changed) {
        return changed.stream()
                .map(step -> step.getId() + " is "
                        + step.getState()
                                .name()
                                .substring("PIPELINE_STEP_STATE_".length())
                                .toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** The runs that waited for this one look whether it is their turn. */
    private static void wakeNext(Handle handle, PipelineRun run, Instant now) {
        PipelineRunName name = ResourceName.parse("name", run.getName(), PipelineRunName.class);
        handle.createUpdate("""
                        update run set due = :now
                        where pipeline = :pipeline and concurrency_key = :key and state = 'QUEUED'""")
                .bind("now", now)
                .bind("pipeline", name.pipeline().toString())
                .bind("key", run.getConcurrencyKey())
                .execute();
    }
}
