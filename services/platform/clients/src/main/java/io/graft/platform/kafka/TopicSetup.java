package io.graft.platform.kafka;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.event.EventTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates every topic and its dead letters. A topic that exists is left as it is.
 *
 * @param partitions partitions of a new topic; dead letters have one
 * @param replication replicas of a new topic
 */
public record TopicSetup(int partitions, short replication) {
    /** Three partitions, one replica: right for one machine. */
    public static final TopicSetup DEFAULT = new TopicSetup(3, (short) 1);

    private static final String DEAD_LETTER_RETENTION =
            Long.toString(Duration.ofDays(30).toMillis());
    private static final String DEAD_LETTER_BYTES = Integer.toString(16 << 20);

    /** @throws GraftException {@code EVENTS_UNAVAILABLE} when the broker can't be reached or refuses */
    public void create(KafkaSettings settings) {
        Map<String, Object> config = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrap(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                KafkaSettings.millis(settings.delivery()),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                KafkaSettings.millis(settings.delivery()) / 2);
        try (Admin admin = Admin.create(config)) {
            List<NewTopic> topics = EventTypes.topics().flatMap(this::topics).toList();
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                await(created, settings);
            }
        }
    }

    private Stream<NewTopic> topics(String name) {
        return Stream.of(
                new NewTopic(name, partitions, replication),
                new NewTopic(name + EventTypes.DEAD_LETTER_SUFFIX, 1, replication)
                        .configs(
                                Map.of("retention.ms", DEAD_LETTER_RETENTION, "max.message.bytes", DEAD_LETTER_BYTES)));
    }

    private static void await(KafkaFuture<Void> created, KafkaSettings settings) {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failed(settings, e.getCause() == null ? e : e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(settings, e);
        }
    }

    private static GraftException failed(KafkaSettings settings, Throwable cause) {
        return new GraftException(
                ErrorCode.EVENTS_UNAVAILABLE,
                "Kafka at " + settings.bootstrap() + " did not create the topics (" + cause.getMessage()
                        + "); see that it runs and allows it",
                cause);
    }
}
