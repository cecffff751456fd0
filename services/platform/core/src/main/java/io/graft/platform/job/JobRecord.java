package io.graft.platform.job;

import io.graft.v1.Job;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as the platform keeps it: the public resource and what only the platform needs.
 *
 * @param job the resource
 * @param plan what the worker needs
 * @param traceparent W3C trace context of the call that created it
 * @param fencingToken token of the current attempt; 0 before the first
 * @param reportSequence sequence of the last report taken from the current attempt; 0 before the first
 * @param notBefore when the next attempt may start, after a failure; null when at once
 * @param committedManifest key of the manifest that the job ends with; null until an attempt committed
 */
public record JobRecord(
        Job job,
        JobPlan plan,
        String traceparent,
        long fencingToken,
        long reportSequence,
        @Nullable Instant notBefore,
        @Nullable String committedManifest) {

    /** A job that no attempt was made for. */
    public static JobRecord submitted(Job job, JobPlan plan, String traceparent) {
        return new JobRecord(job, plan, traceparent, 0, 0, null, null);
    }

    /** The same with another resource. */
    public JobRecord with(Job changed) {
        return new JobRecord(changed, plan, traceparent, fencingToken, reportSequence, notBefore, committedManifest);
    }

    /** The same, to start another attempt not before {@code time}. */
    public JobRecord startingNotBefore(@Nullable Instant time) {
        return new JobRecord(job, plan, traceparent, fencingToken, reportSequence, time, committedManifest);
    }

    /** The same with the token of a new attempt, of which no report was taken. */
    public JobRecord fencedBy(long token) {
        return new JobRecord(job, plan, traceparent, token, 0, notBefore, committedManifest);
    }

    /** The same after a report of the current attempt. */
    public JobRecord heard(long sequence) {
        return new JobRecord(
                job, plan, traceparent, fencingToken, Math.max(sequence, reportSequence), notBefore, committedManifest);
    }

    /** The same with the manifest that an attempt committed. */
    public JobRecord committed(String manifest) {
        return new JobRecord(job, plan, traceparent, fencingToken, reportSequence, notBefore, manifest);
    }
}
