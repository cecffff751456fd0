package io.graft.platform.minio;

import io.graft.platform.error.GraftException;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioAsyncClient;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one object, read on where a lost connection left off; the rest is taken from the same content or not at all.
 * Reading throws {@link GraftException} {@code STORAGE_UNAVAILABLE} when the tries are used up. Not thread-safe.
 */
final class ResumingStream extends InputStream {
    /** Bytes between two losses that make the second a first one again. */
    private static final long GOOD_PROGRESS = 1 << 20;

    private final MinioAsyncClient client;
    private final S3Requests requests;
    private final String bucket;
    private final String key;
    private final long end;
    private final String etag;
    private long position;
    private long lastLoss;
    private int failed;
    private @Nullable GetObjectResponse body;

    private ResumingStream(
            MinioAsyncClient client,
            S3Requests requests,
            String bucket,
            String key,
            long position,
            long end,
            GetObjectResponse body) {
        this.client = client;
        this.requests = requests;
        this.bucket = bucket;
        this.key = key;
        this.position = position;
        this.lastLoss = position;
        this.end = end;
        this.body = body;
        String tag = body.headers().get("ETag");
        this.etag = tag == null ? "" : tag;
    }

    /** Opens {@code length} bytes from {@code offset}, or all when {@code length} is negative. */
    static ResumingStream open(
            MinioAsyncClient client, S3Requests requests, String bucket, String key, long offset, long length) {
        GetObjectArgs.Builder args = GetObjectArgs.builder().bucket(bucket).object(key);
        GetObjectArgs get =
                length < 0 ? args.build() : args.offset(offset).length(length).build();
        GetObjectResponse body = requests.expect("get", key, () -> client.getObject(get));
        String announced = body.headers().get("Content-Length");
        long available = announced == null ? length : Long.parseLong(announced);
        return new ResumingStream(client, requests, bucket, key, offset, offset + available, body);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            try {
                int n = body().read(buffer, offset, length);
                if (n > 0) {
                    position += n;
                    return n;
                }
                lost(new IOException("the answer ended " + (end - position) + " bytes early"));
            } catch (IOException e) {
                lost(e);
            }
        }
        return -1;
    }

    private GetObjectResponse body() {
        GetObjectResponse open = body;
        if (open == null) {
            GetObjectArgs.Builder args = GetObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .offset(position)
                    .length(end - position);
            GetObjectArgs rest =
                    etag.isEmpty() ? args.build() : args.matchETag(etag).build();
            open = requests.expect("get", key, () -> client.getObject(rest));
            body = open;
        }
        return open;
    }

    private void lost(IOException failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        failed = position - lastLoss >= GOOD_PROGRESS ? 1 : failed + 1;
        lastLoss = position;
        if (failed >= requests.backoff().tries()) {
            throw requests.unavailable("send all of", key, failure);
        }
        requests.pause(requests.backoff().after(failed), "get", key);
    }

    @Override
    public void close() throws IOException {
        GetObjectResponse open = body;
        body = null;
        if (open != null) {
            open.close();
        }
    }
}
