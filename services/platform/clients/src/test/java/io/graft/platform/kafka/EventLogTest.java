package io.graft.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.platform.event.Event;
import io.graft.platform.event.EventTypes;
import io.graft.platform.kafka.EventLog.Letter;
import io.graft.platform.kafka.EventLog.LetterId;
import io.graft.v1.Model;
import io.graft.v1.ModelCreated;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class EventLogTest {
    private static final Set<String> TOPICS = Set.of(EventTypes.MODEL_TOPIC);
    private static final String DEAD = EventTypes.MODEL_TOPIC + EventTypes.DEAD_LETTER_SUFFIX;

    private final EventLog log = new EventLog(Broker.settings());
    private final String subject =
            "tenants/log/models/m" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void readsTheEventsOfASubjectAndATime() {
        Instant start = Instant.now().minusMillis(1);
        Event first = event("first");
        Event second = event("second");
        Broker.send(CloudEventCodec.encode(first));
        Broker.send(CloudEventCodec.encode(second));
        Broker.send(new ProducerRecord<>(EventTypes.MODEL_TOPIC, subject, new byte[] {1}));
        Instant end = Instant.now().plusMillis(1);
        assertThat(log.read(TOPICS, start, end, subject::equals, 10))
                .extracting(Event::id)
                .containsExactly(first.id(), second.id());
        assertThat(log.read(TOPICS, start, end, "other"::equals, 10)).isEmpty();
        assertThat(log.read(TOPICS, start, end, subject::equals, 1)).hasSize(1);
        assertThat(log.read(TOPICS, end.plusSeconds(60), end.plusSeconds(120), subject::equals, 10))
                .isEmpty();
    }

    @Test
    void showsAndSendsAgainWhatWasPutAside() {
        Event event = event("aside");
        Broker.send(dead(event, "HANDLER_FAILED"));
        Letter letter = log.letters(subject::equals, 10).getFirst();
        assertThat(letter.reason()).isEqualTo("HANDLER_FAILED");
        assertThat(letter.event()).map(Event::id).contains(event.id());
        assertThat(log.letter(letter.id())).contains(letter);
        log.redrive(letter.id());
        List<Event> again = log.read(TOPICS, Instant.EPOCH, Instant.now().plusSeconds(1), subject::equals, 10);
        assertThat(again).containsExactly(event);
    }

    @Test
    void whatIsNotThereOrNotWholeIsNotSent() {
        ProducerRecord<String, byte[]> cut = dead(event("cut"), "BAD_PAYLOAD");
        cut.headers().add(DeadLetters.TRUNCATED, "true".getBytes(StandardCharsets.UTF_8));
        Broker.send(cut);
        LetterId id = log.letters(subject::equals, 10).getFirst().id();
        assertThatThrownBy(() -> log.redrive(id)).hasMessageContaining("kept whole");
        assertThat(log.letter(new LetterId(DEAD, 0, 1_000_000))).isEmpty();
        assertThat(log.letter(new LetterId(DEAD, 7, 0))).isEmpty();
        assertThat(log.letter(new LetterId("elsewhere", 0, 0))).isEmpty();
    }

    private static ProducerRecord<String, byte[]> dead(Event event, String reason) {
        ProducerRecord<String, byte[]> sent = CloudEventCodec.encode(event);
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(DEAD, null, sent.key(), sent.value(), sent.headers());
        letter.headers().add(DeadLetters.REASON, reason.getBytes(StandardCharsets.UTF_8));
        return letter;
    }

    private Event event(String description) {
        ModelCreated data = ModelCreated.newBuilder()
                .setModel(Model.newBuilder().setName(subject).setDescription(description))
                .build();
        return new Event(
                UUID.randomUUID().toString(),
                data.getDescriptorForType().getFullName(),
                "/graft/registry",
                subject,
                1,
                Instant.ofEpochMilli(Instant.now().toEpochMilli()),
                "",
                data);
    }
}
