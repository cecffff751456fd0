package io.graft.platform.kafka;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.platform.event.Event;
import io.graft.platform.event.EventTypes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;

/**
 * What the broker still holds: past events, and messages that were put aside. Reading moves nobody's position. Every method
 * throws {@code EVENTS_UNAVAILABLE} when the broker does not answer. Thread-safe.
 */
public final class EventLog {
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int QUIET_TURNS = 10;
    private static final String GROUP = "graft-event-log";
    private static final String RETRIED = "graft_dlq_";

    private final KafkaSettings settings;

    public EventLog(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * A message that was put aside.
     *
     * @param event the event that it carries; empty when it carries none
     * @param key its key, the subject when it is an event; empty when it has none
     */
    public record Letter(
            LetterId id,
            Optional<Event> event,
            String key,
            String topic,
            String reason,
            String message,
            String group,
            Instant time) {}

    /** Where a message that was put aside lies. */
    public record LetterId(String topic, int partition, long offset) {}

    /**
     * Past events in the order of their times, as far as partitions have one; what carries no event is passed over.
     *
     * @param wanted by subject, asked before the payload is read
     * @param limit events at most
     */
    public List<Event> read(Collection<String> topics, Instant from, Instant to, Predicate<String> wanted, int limit) {
        return withConsumer(consumer -> {
            Map<TopicPartition, Long> ends = seek(consumer, topics, from);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            drain(consumer, ends, record -> {
                boolean inTime = record.timestamp() < to.toEpochMilli() && record.timestamp() >= from.toEpochMilli();
                if (inTime && record.key() != null && wanted.test(record.key())) {
                    found.add(record);
                }
                return found.size() < limit;
            });
            return found.stream()
                    .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                    .flatMap(record -> event(record).stream())
                    .toList();
        });
    }

    /**
     * Messages that were put aside, newest first.
     *
     * @param wanted by key, empty for none
     */
    public List<Letter> letters(Predicate<String> wanted, int limit) {
        return withConsumer(consumer -> {
            List<String> topics = EventTypes.topics()
                    .map(topic -> topic + EventTypes.DEAD_LETTER_SUFFIX)
                    .toList();
            Map<TopicPartition, Long> ends = seek(consumer, topics, Instant.EPOCH);
            List<Letter> found = new ArrayList<>();
            drain(consumer, ends, record -> {
                Letter letter = letter(record);
                if (wanted.test(letter.key())) {
                    found.add(letter);
                }
                return true;
            });
            return found.stream()
                    .sorted(Comparator.comparing(Letter::time).reversed())
                    .limit(limit)
                    .toList();
        });
    }

    /** A message that was put aside; empty when there is none. */
    public Optional<Letter> letter(LetterId id) {
        return record(id).map(EventLog::letter);
    }

    /**
     * Sends a message that was put aside again, on the topic that it came on.
     *
     * @throws GraftException {@code INVALID_REQUEST} for one that was too large to be kept whole
     */
    public void redrive(LetterId id) {
        ConsumerRecord<String, byte[]> record = record(id).orElseThrow();
        Violations violations = new Violations();
        violations.require(
                record.headers().lastHeader(DeadLetters.TRUNCATED) == null,
                "name",
                "was too large to be kept whole and can't be sent again");
        violations.throwIfAny();
        String topic = id.topic().substring(0, id.topic().length() - EventTypes.DEAD_LETTER_SUFFIX.length());
        ProducerRecord<String, byte[]> again = new ProducerRecord<>(topic, null, record.key(), record.value());
        for (Header header : record.headers()) {
            if (!header.key().startsWith(RETRIED)) {
                again.headers().add(header);
            }
        }
        try (KafkaProducer<String, byte[]> producer = settings.producer()) {
            producer.send(again).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | KafkaException e) {
            throw unavailable(e);
        }
    }

    private Optional<ConsumerRecord<String, byte[]>> record(LetterId id) {
        boolean known = EventTypes.topics().anyMatch(topic -> id.topic().equals(topic + EventTypes.DEAD_LETTER_SUFFIX));
        if (!known) {
            return Optional.empty();
        }
        return withConsumer(consumer -> {
            TopicPartition partition = new TopicPartition(id.topic(), id.partition());
            Map<TopicPartition, Long> ends = seek(consumer, List.of(id.topic()), Instant.EPOCH);
            boolean there = ends.containsKey(partition) && id.offset() < ends.getOrDefault(partition, 0L);
            if (!there || id.offset() < consumer.position(partition)) {
                return Optional.empty();
            }
            consumer.assign(List.of(partition));
            consumer.seek(partition, id.offset());
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            drain(consumer, Map.of(partition, id.offset() + 1), record -> {
                found.add(record);
                return false;
            });
            return found.stream()
                    .filter(record -> record.offset() == id.offset())
                    .findFirst();
        });
    }

    /** Goes to the first messages from a time on; returns where each partition that has any ends. */
    private static Map<TopicPartition, Long> seek(
            KafkaConsumer<String, byte[]> consumer, Collection<String> topics, Instant from) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, from.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            if (start == null) {
                ends.remove(partition);
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, start.offset());
            }
        }
        return ends;
    }

    /** Reads up to the ends, or until nobody wants more. */
    private static void drain(
            KafkaConsumer<String, byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Predicate<ConsumerRecord<String, byte[]>> more) {
        int quiet = 0;
        while (quiet < QUIET_TURNS
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            boolean any = false;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(WAIT)) {
                any = true;
                if (!more.test(record)) {
                    return;
                }
            }
            quiet = any ? 0 : quiet + 1;
        }
        if (quiet == QUIET_TURNS) {
            throw new GraftException(ErrorCode.EVENTS_UNAVAILABLE, "Kafka does not answer now; try again");
        }
    }

    private static Letter letter(ConsumerRecord<String, byte[]> record) {
        Optional<Event> event = event(record);
        String key = record.key() == null ? "" : record.key();
        return new Letter(
                new LetterId(record.topic(), record.partition(), record.offset()),
                event,
                key,
                header(record, DeadLetters.TOPIC),
                header(record, DeadLetters.REASON),
                header(record, DeadLetters.MESSAGE),
                header(record, DeadLetters.GROUP),
                Instant.ofEpochMilli(record.timestamp()));
    }

    private static Optional<Event> event(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(CloudEventCodec.decode(record));
        } catch (PoisonEventException e) {
            return Optional.empty();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private <T> T withConsumer(Function<KafkaConsumer<String, byte[]>, T> work) {
        try (KafkaConsumer<String, byte[]> consumer = settings.consumer(GROUP)) {
            return work.apply(consumer);
        } catch (KafkaException e) {
            throw unavailable(e);
        }
    }

    private GraftException unavailable(Exception e) {
        return new GraftException(
                ErrorCode.EVENTS_UNAVAILABLE,
                "Kafka at " + settings.bootstrap() + " does not answer now; try again",
                e);
    }
}
