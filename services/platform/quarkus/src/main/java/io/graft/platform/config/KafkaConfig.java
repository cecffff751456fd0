package io.graft.platform.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The event broker. */
@ConfigMapping(prefix = "graft.kafka")
public interface KafkaConfig {
    /** Bootstrap servers, {@code host:port,host:port}. */
    String bootstrap();

    /** Longest time that a request to the broker may take; events wait in the outbox meanwhile. */
    @WithDefault("10S")
    Duration delivery();

    /** Partitions of a topic that is created because it is absent. */
    @WithDefault("3")
    int topicPartitions();

    /** Replicas of a topic that is created because it is absent. */
    @WithDefault("1")
    short topicReplication();
}
