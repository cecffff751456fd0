package io.graft.platform.job;

import io.graft.v1.AttemptReported;
import java.time.Instant;
import java.util.Optional;

/** Turns reports of workers into steps of their jobs. */
public final class JobReports {
    private final JobMachine machine;

    public JobReports(JobMachine machine) {
        this.machine = machine;
    }

    /**
     * The step that a report leads to; empty when it comes from an attempt that no longer counts, or is progress that was
     * overtaken by a later report.
     */
    public Optional<Transition> apply(JobRecord record, AttemptReported report, Instant now) {
        int attempt = report.getAttempt();
        long token = report.getFencingToken();
        Optional<Transition> step = switch (report.getReportCase()) {
            case STARTED ->
                machine.started(record, attempt, token, report.getStarted().getWorker(), now);
            case PROGRESS ->
                report.getSequence() > record.reportSequence()
                        ? machine.progressed(record, attempt, token, report.getProgress(), now)
                        : Optional.empty();
            case COMMITTED -> machine.committed(record, attempt, token, report.getCommitted(), now);
            case CHECKPOINT -> machine.checkpointed(record, attempt, token, report.getCheckpoint(), now);
            case FAILED -> machine.attemptFailed(record, attempt, token, report.getFailed(), now);
            case REPORT_NOT_SET -> Optional.empty();
        };
        return step.map(taken ->
                new Transition(taken.next().heard(report.getSequence()), taken.event(), taken.announcements()));
    }
}
