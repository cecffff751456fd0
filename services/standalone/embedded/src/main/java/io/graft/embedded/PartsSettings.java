package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link EmbeddedParts} is told through environment variables, so that no secret is on a command line.
 *
 * @param data directory under which {@code postgres}, {@code kafka} and {@code objects} lie
 */
record PartsSettings(
        Path data,
        int postgresPort,
        String postgresPassword,
        int kafkaPort,
        int kafkaControllerPort,
        int s3Port,
        String s3AccessKey,
        String s3SecretKey,
        String bucket) {

    static final String DATA = "GRAFT_PARTS_DATA";
    static final String POSTGRES_PORT = "GRAFT_PARTS_POSTGRES_PORT";
    static final String POSTGRES_PASSWORD = "GRAFT_PARTS_POSTGRES_PASSWORD";
    static final String KAFKA_PORT = "GRAFT_PARTS_KAFKA_PORT";
    static final String KAFKA_CONTROLLER_PORT = "GRAFT_PARTS_KAFKA_CONTROLLER_PORT";
    static final String S3_PORT = "GRAFT_PARTS_S3_PORT";
    static final String S3_ACCESS_KEY = "GRAFT_PARTS_S3_ACCESS_KEY";
    static final String S3_SECRET_KEY = "GRAFT_PARTS_S3_SECRET_KEY";
    static final String BUCKET = "GRAFT_PARTS_BUCKET";

    private static final List<String> ALL = List.of(
            DATA,
            POSTGRES_PORT,
            POSTGRES_PASSWORD,
            KAFKA_PORT,
            KAFKA_CONTROLLER_PORT,
            S3_PORT,
            S3_ACCESS_KEY,
            S3_SECRET_KEY,
            BUCKET);

    /** @throws EmbeddedPartException {@code INVALID_SETTINGS} naming every variable that is absent or no port */
    static PartsSettings of(Map<String, String> environment) {
        List<String> wrong = new ArrayList<>();
        for (String name : ALL) {
            String value = environment.getOrDefault(name, "");
            if (value.isEmpty() || (name.endsWith("_PORT") && !value.matches("[0-9]{1,5}"))) {
                wrong.add(name);
            }
        }
        if (!wrong.isEmpty()) {
            throw new EmbeddedPartException(
                    Reason.INVALID_SETTINGS, "Set these environment variables: " + String.join(", ", wrong));
        }
        Values values = name -> environment.getOrDefault(name, "");
        return new PartsSettings(
                Path.of(values.get(DATA)),
                values.port(POSTGRES_PORT),
                values.get(POSTGRES_PASSWORD),
                values.port(KAFKA_PORT),
                values.port(KAFKA_CONTROLLER_PORT),
                values.port(S3_PORT),
                values.get(S3_ACCESS_KEY),
                values.get(S3_SECRET_KEY),
                values.get(BUCKET));
    }

    private interface Values {
        String get(String name);

        default int port(String name) {
            return Integer.parseInt(get(name));
        }
    }
}
