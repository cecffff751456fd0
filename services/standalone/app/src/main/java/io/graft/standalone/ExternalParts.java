package io.graft.standalone;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts that run elsewhere, named by the environment. */
final class ExternalParts {
    private static final String S3 = "GRAFT_S3_ENDPOINT";
    private static final String S3_ACCESS_KEY = "GRAFT_S3_ACCESS_KEY";
    private static final String S3_SECRET_KEY = "GRAFT_S3_SECRET_KEY";
    private static final String KAFKA = "GRAFT_KAFKA_BOOTSTRAP";
    private static final String POSTGRES = "GRAFT_POSTGRES_URL";
    private static final String POSTGRES_USERNAME = "GRAFT_POSTGRES_USERNAME";
    private static final String POSTGRES_PASSWORD = "GRAFT_POSTGRES_PASSWORD";
    private static final List<String> REQUIRED =
            List.of(S3, S3_ACCESS_KEY, S3_SECRET_KEY, KAFKA, POSTGRES, POSTGRES_USERNAME, POSTGRES_PASSWORD);

    private ExternalParts() {}

    /**
     * The parts; empty when none is named, so that they are to be started here.
     *
     * @throws StandaloneException when some are named and others not
     */
    static Optional<Parts> find(Map<String, String> environment) {
        List<String> absent = REQUIRED.stream()
                .filter(name -> environment.getOrDefault(name, "").isEmpty())
                .toList();
        if (absent.size() == REQUIRED.size()) {
            return Optional.empty();
        }
        if (!absent.isEmpty()) {
            throw new StandaloneException(
                    ExitStatus.WRONG_SETTING,
                    "For parts that run elsewhere these variables are missing too: " + String.join(", ", absent)
                            + ". Set all of them, or none to have the parts started here");
        }
        return Optional.of(new Parts(
                environment.getOrDefault(POSTGRES, ""),
                environment.getOrDefault(POSTGRES_USERNAME, ""),
                environment.getOrDefault(POSTGRES_PASSWORD, ""),
                environment.getOrDefault(KAFKA, ""),
                environment.getOrDefault(S3, ""),
                environment.getOrDefault(S3_ACCESS_KEY, ""),
                environment.getOrDefault(S3_SECRET_KEY, ""),
                environment.getOrDefault("GRAFT_S3_BUCKET", Parts.BUCKET),
                environment.getOrDefault("GRAFT_S3_REGION", Parts.REGION)));
    }
}
