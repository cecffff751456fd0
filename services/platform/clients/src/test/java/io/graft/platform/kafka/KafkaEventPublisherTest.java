package io.graft.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventPublisher;
import io.graft.platform.testkit.contract.EventPublisherContract;
import io.graft.v1.Job;
import io.graft.v1.JobStateChanged;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class KafkaEventPublisherTest extends EventPublisherContract {
    private static KafkaEventPublisher publisher;

    @BeforeAll
    static void open() {
        publisher = new KafkaEventPublisher(Broker.settings());
    }

    @AfterAll
    static void close() {
        publisher.close();
    }

    @Override
    protected EventPublisher publisher() {
        return publisher;
    }

    @Override
    protected List<Event> stored(String topic) {
        return Broker.read(topic).stream()
                .filter(message -> Broker.header(message, "ce_type").isPresent())
                .map(CloudEventCodec::decode)
                .toList();
    }

    @Test
    @Timeout(10)
    void brokerThatIsAwayIsUnavailable() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        KafkaSettings away = new KafkaSettings("127.0.0.1:" + nobody, Duration.ofSeconds(1));

        try (KafkaEventPublisher publisher = new KafkaEventPublisher(away)) {
            assertCode(ErrorCode.EVENTS_UNAVAILABLE, () -> publisher.publish(List.of(small())));
        }
        assertCode(ErrorCode.EVENTS_UNAVAILABLE, () -> TopicSetup.DEFAULT.create(away));
    }

    @Test
    void eventThatNoBrokerTakesIsNotAnOutage() {
        JobStateChanged huge = JobStateChanged.newBuilder()
                .setJob(Job.newBuilder().setName("x".repeat(3 << 20)))
                .build();

        assertCode(
                ErrorCode.INTERNAL,
                () -> publisher.publish(List.of(small(), event("tenants/default/jobs/huge", 1, huge))));
    }

    @Test
    void topicsAreCreatedOnce() {
        TopicSetup.DEFAULT.create(Broker.settings());

        assertThat(Broker.read("graft.job.v1.dlq")).isNotNull();
    }

    private static Event small() {
        return event("tenants/default/jobs/small", 1, JobStateChanged.getDefaultInstance());
    }

    private static void assertCode(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        GraftException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
