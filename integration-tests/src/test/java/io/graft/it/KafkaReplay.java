package io.graft.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Sends events again, or garbage, behind the platform's back. */
final class KafkaReplay {
    private final String bootstrap;

    KafkaReplay(GraftStack stack) {
        bootstrap = stack.kafkaBootstrap();
    }

    /** Publishes everything on the topics again, byte for byte, {@code times} over; returns how many messages that were. */
    int republish(List<String> topics, int times) {
        List<ConsumerRecord<byte[], byte[]>> records =
                topics.stream().flatMap(topic -> read(topic).stream()).toList();
        List<ProducerRecord<byte[], byte[]>> copies = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                copies.add(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()));
            }
        }
        send(copies);
        return copies.size();
    }

    /** Publishes a message that is no event. */
    void publishGarbage(String topic) {
        send(List.of(new ProducerRecord<>(topic, "garbage".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3})));
    }

    /** Reasons in the headers of a topic's dead letters; waits for the first. */
    List<String> deadLetterReasons(String topic) {
        return Awaitility.await("dead letters on " + topic)
                .atMost(Duration.ofSeconds(30))
                .until(() -> reasons(topic), found -> !found.isEmpty());
    }

    private List<String> reasons(String topic) {
        List<String> reasons = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
            Header reason = record.headers().lastHeader("graft_dlq_reason");
            if (reason != null) {
                reasons.add(new String(reason.value(), StandardCharsets.UTF_8));
            }
        }
        return reasons;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(1));
                polled.forEach(records::add);
            }
        }
        return records;
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            records.forEach(record -> sent.add(producer.send(record)));
            producer.flush();
        }
        assertThat(sent).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(10)));
    }
}
