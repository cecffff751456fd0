package io.graft.platform.postgres;

import io.graft.v1.Job;
import io.graft.v1.JobEvent;

/** Hears of changes of jobs that this process made. */
@FunctionalInterface
public interface JobListener {
    /** @param job the job after the event */
    void changed(Job job, JobEvent event);
}
