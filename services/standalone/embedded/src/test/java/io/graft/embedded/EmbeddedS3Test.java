package io.graft.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class EmbeddedS3Test {
    private static final String BUCKET = "graft";
    private static final String ACCESS_KEY = "someone";
    private static final String SECRET_KEY = "something secret";

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void keepsObjectsOverARestart() throws Exception {
        byte[] large = new byte[11 << 20];
        new Random(7).nextBytes(large);
        try (EmbeddedS3 store = start()) {
            MinioClient client = client(store, SECRET_KEY);
            client.putObject(PutObjectArgs.builder().bucket(BUCKET).object("a/large").stream(
                            new ByteArrayInputStream(large), -1L, 5L << 20)
                    .build());
        }
        try (EmbeddedS3 store = start()) {
            MinioClient client = client(store, SECRET_KEY);
            try (var whole = client.getObject(
                    GetObjectArgs.builder().bucket(BUCKET).object("a/large").build())) {
                assertThat(sha256(whole.readAllBytes())).isEqualTo(sha256(large));
            }
            try (var part = client.getObject(GetObjectArgs.builder()
                    .bucket(BUCKET)
                    .object("a/large")
                    .offset(6_000_000L)
                    .length(3L)
                    .build())) {
                assertThat(part.readAllBytes()).containsExactly(large[6_000_000], large[6_000_001], large[6_000_002]);
            }
            List<String> keys = new ArrayList<>();
            for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                    .bucket(BUCKET)
                    .prefix("a/")
                    .recursive(true)
                    .build())) {
                keys.add(item.get().objectName());
            }
            assertThat(keys).containsExactly("a/large");
        }
    }

    @Test
    void refusesAWrongSecretAndNoSignature() throws Exception {
        try (EmbeddedS3 store = start()) {
            assertThatThrownBy(() -> put(client(store, "guess"), "x", Map.of()))
                    .isInstanceOf(ErrorResponseException.class)
                    .hasMessageContaining("signature");
            put(client(store, SECRET_KEY), "x", Map.of());
            HttpResponse<String> anonymous = http.send(
                    HttpRequest.newBuilder(URI.create(store.endpoint() + "/" + BUCKET + "/x"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(anonymous.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void writesOnlyIfAbsentWhenAsked() throws Exception {
        try (EmbeddedS3 store = start()) {
            MinioClient client = client(store, SECRET_KEY);
            put(client, "manifest.json", Map.of("If-None-Match", "*"));
            assertThatThrownBy(() -> put(client, "manifest.json", Map.of("If-None-Match", "*")))
                    .isInstanceOfSatisfying(
                            ErrorResponseException.class,
                            e -> assertThat(e.response().code()).isEqualTo(412));
        }
    }

    @Test
    void presignedUploadIsBoundToKeyLengthAndChecksum() throws Exception {
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        String checksum = Base64.getEncoder().encodeToString(sha256(content));
        try (EmbeddedS3 store = start()) {
            String url = presignPut(store, content.length, checksum);
            Map<String, String> headers = Map.of("x-amz-checksum-sha256", checksum);

            assertThat(url).contains("X-Amz-SignedHeaders=content-length%3Bhost%3Bx-amz-checksum-sha256");
            assertThat(upload(url, "CONTENT".getBytes(StandardCharsets.UTF_8), headers))
                    .as("another content of that length")
                    .isEqualTo(400);
            assertThat(upload(url, "contents".getBytes(StandardCharsets.UTF_8), headers))
                    .as("another length")
                    .isEqualTo(403);
            assertThat(upload(url, content, Map.of())).as("no checksum").isEqualTo(403);
            assertThat(upload(url.replace("/object?", "/other?"), content, headers))
                    .as("another key")
                    .isEqualTo(403);
            assertThat(upload(url, content, headers)).isEqualTo(200);
        }
    }

    @Test
    void presignedDownloadSetsTheFileName() throws Exception {
        try (EmbeddedS3 store = start()) {
            MinioClient client = client(store, SECRET_KEY);
            put(client, "object", Map.of());
            String url = client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(Http.Method.GET)
                    .bucket(BUCKET)
                    .object("object")
                    .extraQueryParams(Map.of("response-content-disposition", "attachment; filename=\"a.bin\""))
                    .expiry(60)
                    .build());

            HttpResponse<byte[]> answer =
                    http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());

            assertThat(answer.body()).containsExactly(1, 2, 3);
            assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"a.bin\"");
        }
    }

    /** With the signer of the storage library, because that of the MinIO client signs no headers. */
    private static String presignPut(EmbeddedS3 store, long length, String checksum) {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(URI.create(store.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            return presigner
                    .presignPutObject(request -> request.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(put -> put.bucket(BUCKET)
                                    .key("object")
                                    .contentLength(length)
                                    .checksumSHA256(checksum)))
                    .url()
                    .toString();
        }
    }

    /** On a connection of its own: the store closes one whose body it refused unread, without announcing it. */
    private static int upload(String url, byte[] content, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).PUT(HttpRequest.BodyPublishers.ofByteArray(content));
        headers.forEach(request::header);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private EmbeddedS3 start() {
        EmbeddedS3 store = EmbeddedS3.start(directory, 0, ACCESS_KEY, SECRET_KEY);
        store.createBucket(BUCKET);
        return store;
    }

    private static MinioClient client(EmbeddedS3 store, String secret) {
        return MinioClient.builder()
                .endpoint(store.endpoint())
                .region(EmbeddedS3.REGION)
                .credentials(ACCESS_KEY, secret)
                .build();
    }

    private static void put(MinioClient client, String key, Map<String, String> headers) throws Exception {
        byte[] content = {1, 2, 3};
        client.putObject(PutObjectArgs.builder().bucket(BUCKET).object(key).extraHeaders(headers).stream(
                        new ByteArrayInputStream(content), (long) content.length, -1L)
                .build());
    }

    private static byte[] sha256(byte[] content) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }
}
