package io.graft.platform.minio;

import static io.graft.platform.launch.WorkerEnvironment.S3_ACCESS_KEY;
import static io.graft.platform.launch.WorkerEnvironment.S3_BUCKET;
import static io.graft.platform.launch.WorkerEnvironment.S3_ENDPOINT;
import static io.graft.platform.launch.WorkerEnvironment.S3_REGION;
import static io.graft.platform.launch.WorkerEnvironment.S3_SECRET_KEY;

import io.graft.platform.error.Violations;
import java.util.Map;

/**
 * Where the objects lie and who asks for them.
 *
 * @param endpoint URL of the store, for example {@code http://127.0.0.1:7484}
 * @param bucket the one bucket, created when absent
 * @param region region that requests are signed for
 * @param accessKey name of the key
 * @param secretKey the key; never printed
 */
public record S3Settings(String endpoint, String bucket, String region, String accessKey, String secretKey) {

    /**
     * Reads the variables that a launcher gives to a worker.
     *
     * @throws io.graft.platform.error.GraftException {@code INVALID_REQUEST} naming every variable that is absent
     */
    public static S3Settings fromEnvironment(Map<String, String> environment) {
        Violations violations = new Violations();
        S3Settings settings = new S3Settings(
                read(environment, S3_ENDPOINT, violations),
                read(environment, S3_BUCKET, violations),
                read(environment, S3_REGION, violations),
                read(environment, S3_ACCESS_KEY, violations),
                read(environment, S3_SECRET_KEY, violations));
        violations.throwIfAny();
        return settings;
    }

    private static String read(Map<String, String> environment, String name, Violations violations) {
        String value = environment.getOrDefault(name, "");
        violations.require(!value.isBlank(), name, "set this environment variable");
        return value;
    }

    @Override
    public String toString() {
        return "S3Settings[" + endpoint + "/" + bucket + ", region " + region + ", key " + accessKey + "]";
    }
}
