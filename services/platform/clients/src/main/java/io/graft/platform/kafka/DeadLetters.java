package io.graft.platform.kafka;

import io.graft.platform.event.EventTypes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;

/**
 * Puts messages aside with their headers, their bytes, and headers that say why and where from. A message that even the dead
 * letters are too small for keeps its first bytes, and says so.
 */
final class DeadLetters implements AutoCloseable {
    static final String REASON = "graft_dlq_reason";
    static final String MESSAGE = "graft_dlq_message";
    static final String GROUP = "graft_dlq_group";
    static final String TOPIC = "graft_dlq_topic";
    static final String PARTITION = "graft_dlq_partition";
    static final String OFFSET = "graft_dlq_offset";
    static final String TRUNCATED = "graft_dlq_truncated";

    private static final int KEPT_OF_TOO_LARGE = 64 << 10;
    private static final int LONGEST_MESSAGE = 1000;

    private final String group;
    private final KafkaProducer<String, byte[]> producer;

    DeadLetters(String group, KafkaProducer<String, byte[]> producer) {
        this.group = group;
        this.producer = producer;
    }

    /**
     * Returns when the message is stored.
     *
     * @throws KafkaException when it isn't
     */
    void add(ConsumerRecord<String, byte[]> record, PoisonReason reason, String message) {
        ProducerRecord<String, byte[]> letter = letter(record, record.value());
        Headers headers = letter.headers();
        put(headers, REASON, reason.name());
        put(headers, MESSAGE, message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        put(headers, GROUP, group);
        put(headers, TOPIC, record.topic());
        put(headers, PARTITION, Integer.toString(record.partition()));
        put(headers, OFFSET, Long.toString(record.offset()));
        try {
            send(letter);
        } catch (RecordTooLargeException e) {
            ProducerRecord<String, byte[]> shorter =
                    letter(record, Arrays.copyOf(record.value(), Math.min(record.value().length, KEPT_OF_TOO_LARGE)));
            headers.forEach(header -> shorter.headers().remove(header.key()).add(header));
            put(shorter.headers(), TRUNCATED, "true");
            send(shorter);
        }
    }

    private static ProducerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> record, byte[] value) {
        return new ProducerRecord<>(
                record.topic() + EventTypes.DEAD_LETTER_SUFFIX, null, record.key(), value, record.headers());
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void send(ProducerRecord<String, byte[]> letter) {
        try {
            producer.send(letter).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
