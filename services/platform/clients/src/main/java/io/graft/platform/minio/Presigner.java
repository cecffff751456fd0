package io.graft.platform.minio;

import io.graft.platform.artifact.ArtifactStore;
import io.graft.platform.artifact.PresignedRequest;
import io.minio.Http;
import io.minio.Signer;
import io.minio.Time;
import io.minio.errors.MinioException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Signs requests for others to make. A PUT's signature covers {@code Content-Length} and {@code x-amz-checksum-sha256}: the
 * store refuses another length (the signature no longer fits) and other bytes (the checksum doesn't). The library's own
 * presigning drops both headers, so its signer is called directly.
 */
final class Presigner {
    private final HttpUrl bucketUrl;
    private final S3Settings settings;
    private final Clock clock;

    Presigner(S3Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.bucketUrl = HttpUrl.get(settings.endpoint())
                .newBuilder()
                .addPathSegment(settings.bucket())
                .build();
    }

    PresignedRequest put(String key, long size, String sha256, Duration life) {
        String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        Map<String, String> headers =
                Map.of("Content-Length", Long.toString(size), Http.Headers.X_AMZ_CHECKSUM_SHA256, checksum);
        return sign("PUT", objectUrl(key).build(), headers, life);
    }

    PresignedRequest get(String key, String fileName, Duration life) {
        String safe = fileName.replaceAll("[^A-Za-z0-9._+=@-]", "_");
        HttpUrl url = objectUrl(key)
                .addEncodedQueryParameter(
                        "response-content-disposition",
                        URLEncoder.encode("attachment; filename=\"" + safe + "\"", StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .addEncodedQueryParameter("response-content-type", "application%2Foctet-stream")
                .build();
        return sign("GET", url, Map.of(), life);
    }

    private HttpUrl.Builder objectUrl(String key) {
        HttpUrl.Builder url = bucketUrl.newBuilder();
        for (String segment : key.split("/", -1)) {
            url.addPathSegment(segment);
        }
        return url;
    }

    private PresignedRequest sign(String method, HttpUrl url, Map<String, String> headers, Duration asked) {
        Duration life =
                asked.compareTo(ArtifactStore.MAX_PRESIGNED_LIFE) > 0 ? ArtifactStore.MAX_PRESIGNED_LIFE : asked;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Request.Builder request = new Request.Builder()
                .url(url)
                .header(Http.Headers.HOST, hostHeader(url))
                .header(Http.Headers.X_AMZ_DATE, now.atZone(ZoneOffset.UTC).format(Time.AMZ_DATE_FORMAT))
                .method(method, method.equals("PUT") ? RequestBody.create(new byte[0]) : null);
        headers.forEach(request::header);
        try {
            HttpUrl signed = Signer.presignV4(
                    request.build(),
                    settings.region(),
                    settings.accessKey(),
                    settings.secretKey(),
                    Math.toIntExact(life.toSeconds()));
            return new PresignedRequest(URI.create(signed.toString()), method, headers, now.plus(life));
        } catch (MinioException e) {
            throw new IllegalStateException("Signing needs nothing but arithmetic", e);
        }
    }

    private static String hostHeader(HttpUrl url) {
        boolean standard = url.port() == HttpUrl.defaultPort(url.scheme());
        return standard ? url.host() : url.host() + ":" + url.port();
    }
}
