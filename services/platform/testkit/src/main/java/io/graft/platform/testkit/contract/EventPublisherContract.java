package io.graft.platform.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventPublisher;
import io.graft.platform.event.EventTypes;
import io.graft.platform.trace.TraceContext;
import io.graft.v1.AliasMoved;
import io.graft.v1.AttemptReported;
import io.graft.v1.Job;
import io.graft.v1.JobStateChanged;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link EventPublisher}: what was published is stored, once returned, as it was and in order. */
public abstract class EventPublisherContract {
    /** The publisher under test; the same one for every call. */
    protected abstract EventPublisher publisher();

    /** Everything that is stored on a topic now; the events of one subject in their order. */
    protected abstract List<Event> stored(String topic);

    /** An event with a new id. */
    public static Event event(String subject, long sequence, Message data) {
        return new Event(
                UUID.randomUUID().toString(),
                data.getDescriptorForType().getFullName(),
                "/graft/test",
                subject,
                sequence,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                TraceContext.begin().traceparent(),
                data);
    }

    @Test
    void storesAnEventAsItWas() {
        Event event = event(subject("whole"), 7, job("tenants/default/jobs/graft-1"));

        publisher().publish(List.of(event));

        assertThat(stored(EventTypes.JOB_TOPIC)).contains(event);
    }

    @Test
    void keepsTheOrderOfASubject() {
        String subject = subject("order");
        List<Event> events = IntStream.rangeClosed(1, 500)
                .mapToObj(i -> event(subject, i, job(subject)))
                .toList();

        events.forEach(event -> publisher().publish(List.of(event)));

        assertThat(stored(EventTypes.JOB_TOPIC).stream()
                        .filter(event -> event.subject().equals(subject)))
                .containsExactlyElementsOf(events);
    }

    @Test
    void sendsEachTypeToItsTopic() {
        Event report = event(
                subject("a"), 1, AttemptReported.newBuilder().setAttempt(2).build());
        Event alias = event(
                subject("b"), 1, AliasMoved.newBuilder().setPreviousVersion("v").build());

        publisher().publish(List.of(report, alias));

        assertThat(stored(EventTypes.ATTEMPT_TOPIC)).contains(report).doesNotContain(alias);
        assertThat(stored(EventTypes.MODEL_TOPIC)).contains(alias).doesNotContain(report);
    }

    @Test
    void publishingAgainKeepsTheId() {
        Event event = event(subject("again"), 1, job("x"));

        publisher().publish(List.of(event, event));

        assertThat(stored(EventTypes.JOB_TOPIC).stream().filter(event::equals)).hasSize(2);
    }

    @Test
    void nothingIsFine() {
        publisher().publish(List.of());
    }

    private static JobStateChanged job(String name) {
        return JobStateChanged.newBuilder()
                .setJob(Job.newBuilder().setName(name))
                .build();
    }

    private static String subject(String label) {
        return "tenants/default/jobs/" + label + "-" + UUID.randomUUID();
    }
}
