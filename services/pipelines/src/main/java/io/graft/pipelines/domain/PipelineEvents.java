package io.graft.pipelines.domain;

import io.graft.platform.event.Event;
import io.graft.platform.event.EventHandler;
import io.graft.platform.event.EventTypes;
import io.graft.v1.Job;
import io.graft.v1.JobStateChanged;
import java.util.Set;

/** Takes events: they start runs and tell runs of their jobs, in one transaction with the mark that they were taken. */
public final class PipelineEvents implements EventHandler {
    /** Topics with events that pipelines go by. */
    public static final Set<String> TOPICS =
            Set.of(EventTypes.JOB_TOPIC, EventTypes.MODEL_TOPIC, EventTypes.DATASET_TOPIC);

    private final TriggerStore store;
    private final RunStore runs;
    private final Programs programs;
    private final Triggers triggers;

    public PipelineEvents(TriggerStore store, RunStore runs, Programs programs, Triggers triggers) {
        this.store = store;
        this.runs = runs;
        this.programs = programs;
        this.triggers = triggers;
    }

    @Override
    public void handle(Event event) {
        store.once(event.id(), () -> {
            if (event.data() instanceof JobStateChanged changed && JobOutcome.isNews(changed.getJob())) {
                tell(changed.getJob());
            }
            triggers.offer(event);
        });
    }

    private void tell(Job job) {
        StepJob.of(job)
                .filter(found -> runs.find(found.run().toString()).isPresent())
                .ifPresent(found -> runs.change(
                        found.run().toString(),
                        (stored, now) -> programs.machine(programs.read(stored.document()))
                                .job(stored.run(), found.step(), found.attempt(), job, now)));
    }
}
