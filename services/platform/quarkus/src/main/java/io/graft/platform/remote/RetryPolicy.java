package io.graft.platform.remote;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The retry policy that the API publishes as a gRPC service configuration: only {@code UNAVAILABLE} is tried again. */
public final class RetryPolicy {
    private static final String RESOURCE = "/graft/service_config.json";

    private RetryPolicy() {}

    /** As a channel takes it. */
    public static Map<String, ?> serviceConfig() {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(RetryPolicy.class.getResourceAsStream(RESOURCE), RESOURCE),
                StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, new TypeToken<Map<String, Object>>() {}.getType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
