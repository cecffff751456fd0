package io.graft.engine.worker;

import io.graft.platform.backoff.Backoff;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventPublisher;
import io.graft.v1.AttemptCheckpointed;
import io.graft.v1.AttemptCommitted;
import io.graft.v1.AttemptReported;
import io.graft.v1.AttemptStarted;
import io.graft.v1.JobFailure;
import io.graft.v1.JobProgress;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service how the attempt goes, in order. What is only news may be lost while Kafka is away; how it ended is sent
 * again for a while, and the service finds it out by itself if even that fails. Thread-safe.
 */
final class AttemptReports {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptReports.class);
    private static final String SOURCE = "/graft/worker";

    private final AttemptIdentity identity;
    private final EventPublisher publisher;
    private final Clock clock;
    private long sequence;

    AttemptReports(AttemptIdentity identity, EventPublisher publisher, Clock clock) {
        this.identity = identity;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The worker runs. */
    void started(String worker) {
        tell(report().setStarted(AttemptStarted.newBuilder().setWorker(worker)));
    }

    /** The worker is alive and this far. */
    void progress(JobProgress progress) {
        tell(report().setProgress(progress));
    }

    /** A checkpoint is complete; false when nobody could be told. */
    boolean checkpointed(AttemptCheckpointed checkpoint, Backoff patience) {
        return insist(report().setCheckpoint(checkpoint), patience);
    }

    /** The output is complete; false when nobody could be told. */
    boolean committed(AttemptCommitted committed, Backoff patience) {
        return insist(report().setCommitted(committed), patience);
    }

    /** The worker gives up; false when nobody could be told. */
    boolean failed(JobFailure failure, Backoff patience) {
        return insist(report().setFailed(failure), patience);
    }

    private AttemptReported.Builder report() {
        return AttemptReported.newBuilder()
                .setJob(identity.job().toString())
                .setAttempt(identity.attempt())
                .setFencingToken(identity.fencingToken());
    }

    private synchronized void tell(AttemptReported.Builder report) {
        try {
            publisher.publish(List.of(event(report)));
        } catch (GraftException e) {
            LOG.warn("Report {} is lost, the work goes on: {}", sequence, e.getMessage());
        }
    }

    private synchronized boolean insist(AttemptReported.Builder report, Backoff patience) {
        List<Event> event = List.of(event(report));
        for (int tried = 1; ; tried++) {
            try {
                publisher.publish(event);
                return true;
            } catch (GraftException e) {
                LOG.warn("Last report can't be sent, try {} of {}: {}", tried, patience.tries(), e.getMessage());
                if (tried >= patience.tries() || !sleep(patience.after(tried).toMillis())) {
                    return false;
                }
            }
        }
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Event event(AttemptReported.Builder report) {
        sequence++;
        AttemptReported data = report.setSequence(sequence).build();
        return new Event(
                identity.job() + "/attempts/" + identity.attempt() + "/" + identity.fencingToken() + "/" + sequence,
                AttemptReported.getDescriptor().getFullName(),
                SOURCE,
                identity.job().toString(),
                sequence,
                clock.instant(),
                identity.trace().child().traceparent(),
                data);
    }
}
