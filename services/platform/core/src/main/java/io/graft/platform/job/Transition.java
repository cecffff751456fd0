package io.graft.platform.job;

import com.google.protobuf.Message;
import io.graft.v1.JobEvent;
import java.util.List;

/**
 * One step of a job's life. The store gives the event its sequence and time and publishes it with the job.
 *
 * @param next the job afterwards, with sequence, update time and etag as before
 * @param event what happened; job, sequence, time, state and attempt are filled in by the store
 * @param announcements further payloads to publish, with the job's name as subject
 */
public record Transition(JobRecord next, JobEvent event, List<Message> announcements) {
    public Transition {
        announcements = List.copyOf(announcements);
    }
}
