package io.graft.platform.postgres;

import io.graft.platform.job.JobTimes;
import io.graft.v1.Job;
import io.graft.v1.JobEvent;
import java.time.Instant;

/** A job and the event that changed it, with the sequence, time and etag that they are stored with. */
record Stamped(Job job, JobEvent event) {
    static Stamped of(Job changed, JobEvent event, Instant now) {
        long sequence = changed.getSequence() + 1;
        Job job = changed.toBuilder()
                .setSequence(sequence)
                .setUpdateTime(JobTimes.timestamp(now))
                .setEtag(Long.toString(sequence))
                .build();
        JobEvent stamped = event.toBuilder()
                .setJob(job.getName())
                .setSequence(sequence)
                .setTime(JobTimes.timestamp(now))
                .setState(job.getState())
                .setAttempt(job.getAttempt())
                .build();
        return new Stamped(job, stamped);
    }
}
