package io.graft.platform.kafka;

import static io.graft.platform.kafka.Broker.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.graft.platform.backoff.Backoff;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventHandler;
import io.graft.platform.testkit.contract.EventPublisherContract;
import io.graft.platform.testkit.contract.StoredFiles;
import io.graft.v1.JobStateChanged;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each test has its own topic of two partitions on the real broker. */
@Timeout(60)
final class KafkaSubscriptionTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final String topic = "test-" + UUID.randomUUID();
    private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<KafkaSubscription> open = new ArrayList<>();

    @BeforeEach
    void createTopics() {
        Broker.createTopic(topic, 2, Map.of("max.message.bytes", "8000000"));
        Broker.createTopic(topic + ".dlq", 1, Map.of());
    }

    @AfterEach
    void close() {
        open.forEach(KafkaSubscription::close);
    }

    @Test
    void handlesInOrderAndGoesOnAfterARestart() {
        for (int i = 1; i <= 120; i++) {
            send(0, i);
        }
        KafkaSubscription first = subscribe(event -> seen.add(event.sequence()));
        await().atMost(BOUND).until(() -> seen.size() == 120);
        first.close();
        send(0, 121);

        subscribe(event -> seen.add(event.sequence()));

        await().atMost(BOUND).until(() -> seen.size() >= 121);
        assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(121);
        assertThat(first.status().running()).isFalse();
    }

    @Test
    void sameEventMayComeTwice() {
        Event event = event(1);
        Broker.send(record(0, event));
        Broker.send(record(0, event));
        List<String> ids = Collections.synchronizedList(new ArrayList<>());

        subscribe(e -> ids.add(e.id()));

        await().atMost(BOUND).until(() -> ids.size() == 2);
        assertThat(ids).containsOnly(event.id());
    }

    @Test
    void poisonGoesToTheDeadLettersAndBlocksNothing() {
        Broker.send(new ProducerRecord<>(topic, 0, "key", "garbage".getBytes(StandardCharsets.UTF_8)));
        ProducerRecord<String, byte[]> unknown = record(0, event(1));
        unknown.headers().remove("ce_type").add("ce_type", "graft.v9.Later".getBytes(StandardCharsets.UTF_8));
        Broker.send(unknown);
        Broker.send(new ProducerRecord<>(topic, 0, "key", null));
        send(0, 2);

        KafkaSubscription subscription = subscribe(event -> seen.add(event.sequence()));

        await().atMost(BOUND).until(() -> seen.equals(List.of(2L)));
        List<ConsumerRecord<String, byte[]>> letters = Broker.read(topic + ".dlq");
        assertThat(letters)
                .extracting(letter -> header(letter, DeadLetters.REASON).orElseThrow())
                .containsExactly("NOT_AN_EVENT", "UNKNOWN_TYPE", "NO_DATA");
        ConsumerRecord<String, byte[]> second = letters.get(1);
        assertThat(second.value()).isEqualTo(unknown.value());
        assertThat(second.key()).isEqualTo(unknown.key());
        assertThat(header(second, "ce_type")).contains("graft.v9.Later");
        assertThat(header(second, "ce_sequence")).contains("1");
        assertThat(header(second, DeadLetters.TOPIC)).contains(topic);
        assertThat(header(second, DeadLetters.PARTITION)).contains("0");
        assertThat(header(second, DeadLetters.OFFSET)).contains("1");
        assertThat(header(second, DeadLetters.MESSAGE).orElseThrow()).contains("graft.v9.Later");
        assertThat(subscription.status().deadLettered()).isEqualTo(3);
        assertThat(subscription.status().handled()).isEqualTo(1);
    }

    @Test
    void messageTooLargeForTheDeadLettersIsShortened() {
        byte[] huge = StoredFiles.bytes(1, 5_000_000);
        Broker.send(new ProducerRecord<>(topic, 0, "key", huge));
        send(0, 2);

        subscribe(event -> seen.add(event.sequence()));

        await().atMost(BOUND).until(() -> seen.equals(List.of(2L)));
        ConsumerRecord<String, byte[]> letter = Broker.read(topic + ".dlq").getFirst();
        assertThat(header(letter, DeadLetters.TRUNCATED)).contains("true");
        assertThat(header(letter, DeadLetters.REASON)).contains("NOT_AN_EVENT");
        assertThat(huge).startsWith(letter.value());
    }

    @Test
    void failingEventIsTriedThreeTimesAndPutAside() {
        send(0, 1);
        send(0, 2);
        AtomicInteger tries = new AtomicInteger();

        KafkaSubscription subscription = subscribe(event -> {
            if (event.sequence() == 1) {
                tries.incrementAndGet();
                throw new IllegalStateException("no such job");
            }
            seen.add(event.sequence());
        });

        await().atMost(BOUND).until(() -> seen.equals(List.of(2L)));
        assertThat(tries).hasValue(3);
        assertThat(Broker.read(topic + ".dlq")).singleElement().satisfies(letter -> {
            assertThat(header(letter, DeadLetters.REASON)).contains("HANDLER_FAILED");
            assertThat(header(letter, DeadLetters.MESSAGE)).contains("no such job");
        });
        assertThat(subscription.status().retried()).isEqualTo(2);
    }

    @Test
    void outageHoldsOnePartitionAndLosesNothing() {
        send(0, 1);
        send(0, 2);
        send(1, 11);
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);

        KafkaSubscription subscription = subscribe(event -> {
            if (event.sequence() == 1 && over.getCount() > 0) {
                tries.incrementAndGet();
                throw new GraftException(ErrorCode.DATABASE_UNAVAILABLE, "down");
            }
            seen.add(event.sequence());
        });

        await().atMost(BOUND).until(() -> tries.get() > 5 && seen.equals(List.of(11L)));
        SubscriptionStatus stuck = subscription.status();
        assertThat(stuck.waitingSince()).isNotNull();
        assertThat(stuck.moves(Instant.now(), Duration.ofMinutes(1))).isTrue();
        assertThat(stuck.moves(Instant.now().plusSeconds(120), Duration.ofMinutes(1)))
                .isFalse();
        over.countDown();
        await().atMost(BOUND).until(() -> seen.equals(List.of(11L, 1L, 2L)));
        await().atMost(BOUND).until(() -> subscription.status().lag() == 0);
        assertThat(subscription.status().waitingSince()).isNull();
        assertThat(Broker.read(topic + ".dlq")).isEmpty();
    }

    @Test
    void tellsWhetherItIsUpToDate() {
        send(0, 1);
        KafkaSubscription reading = subscribe(event -> seen.add(event.sequence()));
        KafkaSubscription cutOff = KafkaSubscription.start(
                KafkaSettings.of("127.0.0.1:1"), SubscriptionSettings.of("cut-off", Set.of(topic)), event -> {});
        open.add(cutOff);
        Instant begun = cutOff.status().lastTurn();

        await().atMost(BOUND).until(() -> !seen.isEmpty() && reading.status().isUpToDate());
        assertThat(seen).containsExactly(1L);
        await().atMost(BOUND).until(() -> cutOff.status().lastTurn().isAfter(begun));
        assertThat(cutOff.status().isUpToDate()).isFalse();
    }

    @Test
    void closingWaitsForTheEventInHand() throws Exception {
        send(0, 1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        KafkaSubscription subscription = subscribe(event -> {
            begun.countDown();
            awaitLatch(go);
            seen.add(event.sequence());
        });
        begun.await();

        Thread closing = Thread.ofVirtual().start(subscription::close);
        go.countDown();
        closing.join();

        assertThat(seen).containsExactly(1L);
        subscribe(event -> seen.add(event.sequence() + 100));
        send(0, 2);
        await().atMost(BOUND).until(() -> seen.size() == 2);
        assertThat(seen).containsExactly(1L, 102L);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private KafkaSubscription subscribe(EventHandler handler) {
        Backoff quick = new Backoff(3, Duration.ofMillis(10), Duration.ofMillis(50));
        KafkaSubscription subscription = KafkaSubscription.start(
                Broker.settings(), new SubscriptionSettings("group-" + topic, Set.of(topic), quick, quick), handler);
        open.add(subscription);
        return subscription;
    }

    private void send(int partition, long sequence) {
        Broker.send(record(partition, event(sequence)));
    }

    private static Event event(long sequence) {
        return EventPublisherContract.event(
                "tenants/default/jobs/graft-1", sequence, JobStateChanged.getDefaultInstance());
    }

    private ProducerRecord<String, byte[]> record(int partition, Event event) {
        ProducerRecord<String, byte[]> encoded = CloudEventCodec.encode(event);
        return new ProducerRecord<>(topic, partition, encoded.key(), encoded.value(), encoded.headers());
    }
}
