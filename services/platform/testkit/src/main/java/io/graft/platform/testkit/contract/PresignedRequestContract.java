package io.graft.platform.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.ContentDigest;
import io.graft.platform.artifact.PresignedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holders of presigned requests can do with them, and what they can't. */
public abstract class PresignedRequestContract {
    private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();

    /** The store under test; the same one for every call. */
    protected abstract ArtifactStore store();

    @Test
    void putStoresTheAnnouncedBytes() throws Exception {
        assertThat(put(request("presign/ok"), CONTENT)).isEqualTo(200);

        assertThat(store().stat("presign/ok"))
                .hasValueSatisfying(stored -> assertThat(stored.size()).isEqualTo(CONTENT.length));
    }

    @Test
    void putRefusesAnotherLength() throws Exception {
        assertThat(put(request("presign/length"), "weights and more".getBytes(StandardCharsets.UTF_8)))
                .isBetween(400, 499);
        assertThat(store().stat("presign/length")).isEmpty();
    }

    @Test
    void putRefusesOtherBytesOfThatLength() throws Exception {
        assertThat(put(request("presign/bytes"), "WEIGHTS".getBytes(StandardCharsets.UTF_8)))
                .isBetween(400, 499);
        assertThat(store().stat("presign/bytes")).isEmpty();
    }

    @Test
    void putRefusesAnotherChecksum() throws Exception {
        byte[] other = "WEIGHTS".getBytes(StandardCharsets.UTF_8);
        PresignedRequest forged = store().presignPut("presign/forged", other.length, ContentDigest.sha256(other), LIFE);
        PresignedRequest mixed =
                new PresignedRequest(request("presign/forged").uri(), "PUT", forged.headers(), forged.expires());

        assertThat(put(mixed, other)).isEqualTo(403);
        assertThat(store().stat("presign/forged")).isEmpty();
    }

    @Test
    void putRefusesAnotherKey() throws Exception {
        PresignedRequest request = request("presign/mine");
        URI other = URI.create(request.uri().toString().replace("presign/mine", "presign/other"));

        assertThat(put(new PresignedRequest(other, "PUT", request.headers(), request.expires()), CONTENT))
                .isEqualTo(403);
        assertThat(store().stat("presign/other")).isEmpty();
    }

    @Test
    void putNeedsItsHeaders() throws Exception {
        PresignedRequest request = request("presign/bare");

        assertThat(put(new PresignedRequest(request.uri(), "PUT", Map.of(), request.expires()), CONTENT))
                .isBetween(400, 499);
        assertThat(store().stat("presign/bare")).isEmpty();
    }

    @Test
    void getDownloadsAsTheGivenName() throws Exception {
        store().put("presign/read", CONTENT);

        HttpResponse<byte[]> answer = get(
                store().presignGet("presign/read", "model.safetensors", LIFE).uri());

        assertThat(answer.body()).isEqualTo(CONTENT);
        assertThat(answer.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"model.safetensors\"");
    }

    @Test
    void getRefusesAnotherName() throws Exception {
        store().put("presign/named", CONTENT);
        URI signed =
                store().presignGet("presign/named", "model.safetensors", LIFE).uri();

        URI renamed = URI.create(signed.toString().replace("model.safetensors", "run.exe"));

        assertThat(get(renamed).statusCode()).isEqualTo(403);
    }

    @Test
    void lifeIsCapped() {
        PresignedRequest request = store().presignGet("presign/life", "x", Duration.ofDays(1));

        assertThat(request.expires())
                .isBefore(Instant.now().plus(ArtifactStore.MAX_PRESIGNED_LIFE).plusSeconds(1));
        assertThat(request.uri().getQuery()).contains("X-Amz-Expires=900");
    }

    private PresignedRequest request(String key) {
        return store().presignPut(key, CONTENT.length, ContentDigest.sha256(CONTENT), LIFE);
    }

    /** On a connection of its own: a store may close one whose body it refused unread, without announcing it. */
    private static int put(PresignedRequest presigned, byte[] content) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(presigned.uri()).PUT(BodyPublishers.ofByteArray(content));
        presigned.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length")) {
                request.header(name, value);
            }
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
}
