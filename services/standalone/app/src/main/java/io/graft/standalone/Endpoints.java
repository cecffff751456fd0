package io.graft.standalone;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Where everything answers: the content of {@code run/endpoints.json}.
 *
 * @param pid process that it holds for
 */
@JsonPropertyOrder({"pid", "http", "grpc", "kafka", "s3", "bucket", "postgres"})
record Endpoints(long pid, String http, String grpc, String kafka, String s3, String bucket, String postgres) {
    String json() throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    /** What a person is told. */
    String banner(GraftHome home) {
        return """
                Graft is ready.
                  gateway   %s
                  gRPC      %s
                  Kafka     %s
                  S3        %s, bucket %s
                  database  %s
                  token     %s
                  logs      %s
                Stop it with ctrl-C or 'graft down'.
                """.formatted(
                        http, grpc, kafka, s3, bucket, postgres, home.config().resolve("token"), home.logs());
    }
}
