package io.graft.platform.jobs;

import com.google.protobuf.Message;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventHandler;
import io.graft.platform.event.EventTypes;
import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobReports;
import io.graft.platform.job.JobStore;
import io.graft.v1.AttemptReported;
import io.graft.v1.DatasetVersionRegistered;
import io.graft.v1.ModelVersionRegistered;
import io.graft.v1.VersionRejected;
import java.util.Set;

/** Takes what workers report and what the registry says about their outputs. */
final class JobEvents implements EventHandler {
    static final Set<String> TOPICS =
            Set.of(EventTypes.ATTEMPT_TOPIC, EventTypes.MODEL_TOPIC, EventTypes.DATASET_TOPIC);

    private final JobStore store;
    private final JobMachine machine;
    private final JobReports reports;

    JobEvents(JobStore store, JobMachine machine) {
        this.store = store;
        this.machine = machine;
        this.reports = new JobReports(machine);
    }

    @Override
    public void handle(Event event) {
        Message data = event.data();
        switch (data) {
            case AttemptReported report ->
                store.take(event, report.getJob(), (record, now) -> reports.apply(record, report, now));
            case ModelVersionRegistered registered ->
                registered(
                        event,
                        registered.getVersion().getJob(),
                        registered.getVersion().getName());
            case DatasetVersionRegistered registered ->
                registered(
                        event,
                        registered.getVersion().getJob(),
                        registered.getVersion().getName());
            case VersionRejected rejected ->
                store.take(
                        event,
                        rejected.getJob(),
                        (record, now) -> machine.rejected(record, rejected.getFailure(), now));
            default -> {
                // The topics carry events for others too.
            }
        }
    }

    /** @param job empty for an upload */
    private void registered(Event event, String job, String version) {
        if (!job.isEmpty()) {
            store.take(event, job, (record, now) -> machine.registered(record, version, now));
        }
    }
}
