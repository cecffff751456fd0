package io.graft.platform.minio;

import io.minio.CreateBucketArgs;
import io.minio.HeadBucketArgs;
import io.minio.MinioAsyncClient;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** A client with bounded waiting. Retries are {@link S3Requests}' business alone. */
final class S3Connection implements AutoCloseable {
    private static final int MAX_REQUESTS = 64;

    private final OkHttpClient http;
    private final ExecutorService threads;
    private final MinioAsyncClient client;
    private final S3Requests requests;

    private S3Connection(OkHttpClient http, ExecutorService threads, MinioAsyncClient client, S3Requests requests) {
        this.http = http;
        this.threads = threads;
        this.client = client;
        this.requests = requests;
    }

    static S3Connection open(S3Settings settings, StoreLimits limits) {
        ExecutorService threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("s3-", 0).daemon().factory());
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(MAX_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
        OkHttpClient http = new OkHttpClient.Builder()
                .connectTimeout(limits.connect())
                .readTimeout(limits.silence())
                .writeTimeout(limits.silence())
                .protocols(List.of(Protocol.HTTP_1_1))
                .dispatcher(dispatcher)
                .build();
        MinioAsyncClient client = MinioAsyncClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http)
                .build();
        return new S3Connection(http, threads, client, new S3Requests(settings.endpoint(), limits.backoff()));
    }

    /** Creates the bucket unless it is there. */
    void createBucket(String bucket) {
        try {
            requests.send(
                    "find bucket",
                    bucket,
                    () -> client.headBucket(
                            HeadBucketArgs.builder().bucket(bucket).build()));
        } catch (S3Exception e) {
            if (e.kind() != S3Failure.ABSENT) {
                throw requests.refused("find bucket", bucket, e);
            }
            create(bucket);
        }
    }

    private void create(String bucket) {
        try {
            requests.send(
                    "create bucket",
                    bucket,
                    () -> client.createBucket(
                            CreateBucketArgs.builder().bucket(bucket).build()));
        } catch (S3Exception e) {
            if (e.kind() != S3Failure.EXISTS) {
                throw requests.refused("create bucket", bucket, e);
            }
        }
    }

    MinioAsyncClient client() {
        return client;
    }

    S3Requests requests() {
        return requests;
    }

    /** Cuts off what is still under way. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        threads.shutdownNow();
        http.connectionPool().evictAll();
    }
}
