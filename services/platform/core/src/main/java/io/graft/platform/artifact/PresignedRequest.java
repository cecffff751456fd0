package io.graft.platform.artifact;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A request that anyone holding it may make once or more until it expires.
 *
 * @param method {@code PUT} or {@code GET}
 * @param headers what must be sent exactly as given
 */
public record PresignedRequest(URI uri, String method, Map<String, String> headers, Instant expires) {
    public PresignedRequest {
        headers = Map.copyOf(headers);
    }
}
