package io.graft.platform.jobs;

import io.graft.platform.job.JobMachine;
import io.graft.platform.job.JobStore;
import io.graft.platform.watch.History;
import io.graft.v1.JobEvent;
import java.util.List;

/** The history of jobs. A job that is gone is over. */
final class JobHistory implements History<JobEvent> {
    private final JobStore store;

    JobHistory(JobStore store) {
        this.store = store;
    }

    @Override
    public List<JobEvent> after(String job, long sequence, int limit) {
        return store.history(job, sequence, limit);
    }

    @Override
    public long sequence(JobEvent event) {
        return event.getSequence();
    }

    @Override
    public boolean isLast(JobEvent event) {
        return JobMachine.isTerminal(event.getState());
    }

    @Override
    public boolean isOver(String job, long sequence) {
        return store.find(job)
                .map(record -> JobMachine.isTerminal(record.job().getState())
                        && record.job().getSequence() <= sequence)
                .orElse(true);
    }
}
