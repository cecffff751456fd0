package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka 4 broker and its KRaft controller in this process, listening on 127.0.0.1 without authentication. Topics are never
 * created by accident: whoever needs one creates it. Messages survive {@code kill -9} of this process.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String PART = "Kafka";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker and returns when it takes messages.
     *
     * @param dataDirectory created for its owner only if absent; it keeps the cluster's id
     * @param port of the broker, or 0 for one that is free
     * @param controllerPort of the controller, or 0 for one that is free
     * @throws EmbeddedPartException naming the reason and the cure
     */
    public static EmbeddedKafka start(Path dataDirectory, int port, int controllerPort) {
        Path directory = DataDirectory.open(dataDirectory, PART);
        int claimed = Ports.claim(port, PART);
        int controller = Ports.claim(controllerPort, PART + "'s controller");
        try {
            if (!Files.exists(directory.resolve("meta.properties"))) {
                format(directory);
            }
            Properties settings = KafkaSettings.of(directory, claimed, controller);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, claimed);
        } catch (Exception e) { // scala code throws checked exceptions without declaring them
            throw new EmbeddedPartException(
                    Reason.START_FAILED,
                    "Kafka does not start on " + directory + ": " + e.getMessage()
                            + ". Its own words are in the log just before",
                    e);
        }
    }

    private static void format(Path directory) throws Exception {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(KafkaSettings.NODE)
                .setDirectories(List.of(directory.toString()))
                .setControllerListenerName(KafkaSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
        formatter.run();
    }

    /** The port that the broker listens on. */
    public int port() {
        return port;
    }

    /** Bootstrap servers, {@code host:port}. */
    public String bootstrap() {
        return Ports.HOST + ":" + port;
    }

    /** Stops broker and controller and returns when they are gone. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
