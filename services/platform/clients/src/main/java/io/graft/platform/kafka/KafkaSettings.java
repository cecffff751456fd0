package io.graft.platform.kafka;

import io.graft.platform.error.Violations;
import io.graft.platform.launch.WorkerEnvironment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How Kafka is reached.
 *
 * @param bootstrap bootstrap servers, {@code host:port,host:port}
 * @param delivery longest time that sending, or any other single request, may take
 */
public record KafkaSettings(String bootstrap, Duration delivery) {
    /** How long after a consumer's death its partitions go to another. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private static final Duration DELIVERY = Duration.ofSeconds(10);
    private static final int LARGEST_DEAD_LETTER = 64 << 20;
    private static final int LARGEST_BATCH = 50;

    /** Gives up a request after 10 seconds. */
    public static KafkaSettings of(String bootstrap) {
        return new KafkaSettings(bootstrap, DELIVERY);
    }

    /**
     * Reads the variable that a launcher gives to a worker.
     *
     * @throws io.graft.platform.error.GraftException {@code INVALID_REQUEST} when it is absent
     */
    public static KafkaSettings fromEnvironment(Map<String, String> environment) {
        String bootstrap = environment.getOrDefault(WorkerEnvironment.KAFKA_BOOTSTRAP, "");
        Violations violations = new Violations();
        violations.require(!bootstrap.isBlank(), WorkerEnvironment.KAFKA_BOOTSTRAP, "set this environment variable");
        violations.throwIfAny();
        return of(bootstrap);
    }

    KafkaProducer<String, byte[]> producer() {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(delivery) / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(delivery));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(delivery));
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_DEAD_LETTER);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    KafkaConsumer<String, byte[]> consumer(String group) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(SESSION));
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LARGEST_BATCH);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(delivery));
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
