package io.graft.gateway.upstream;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The retry policy published with the API: a gRPC service config. */
final class RetryPolicy {
    private static final String RESOURCE = "/graft/service_config.json";

    private RetryPolicy() {}

    /** The service config as gRPC takes it: maps, lists, strings and doubles. */
    static Map<String, ?> published() {
        try (InputStream in = Objects.requireNonNull(RetryPolicy.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new Gson()
                    .fromJson(
                            new InputStreamReader(in, StandardCharsets.UTF_8), new TypeToken<Map<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
