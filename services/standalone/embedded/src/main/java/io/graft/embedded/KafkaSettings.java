package io.graft.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of a single broker that is to start fast and to stay small. */
final class KafkaSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String BROKER = "BROKER";
    private static final String A_YEAR_IN_MINUTES = "525600";

    private KafkaSettings() {}

    static Properties of(Path directory, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("log.dirs", directory.toString());
        listeners(settings, port, controllerPort);
        internalTopics(settings);
        footprint(settings);
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A machine that was off for weeks must not find its consumers' positions forgotten.
        settings.put("offsets.retention.minutes", A_YEAR_IN_MINUTES);
        return settings;
    }

    private static void listeners(Properties settings, int port, int controllerPort) {
        String broker = BROKER + "://" + Ports.HOST + ":" + port;
        String controller = CONTROLLER + "://" + Ports.HOST + ":" + controllerPort;
        settings.put("listeners", broker + "," + controller);
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", BROKER);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("controller.quorum.voters", NODE + "@" + Ports.HOST + ":" + controllerPort);
    }

    private static void internalTopics(Properties settings) {
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void footprint(Properties settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "3");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(64 << 10));
        settings.put("log.segment.bytes", Integer.toString(64 << 20));
        settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        settings.put("offsets.topic.segment.bytes", Integer.toString(8 << 20));
        settings.put("metadata.max.idle.interval.ms", "5000");
    }
}
