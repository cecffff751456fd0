package io.graft.cli.file;

import io.graft.v1.PresignedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Sends presigned requests. Thread-safe. */
final class PresignedHttp implements AutoCloseable {
    /** The client sets these itself. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "content-length", "connection");

    private static final int MAX_QUOTED = 300;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** A transfer slower than this is taken for stalled. */
    private static final long MIN_BYTES_PER_SECOND = 50_000;

    private static final long GRACE_SECONDS = 60;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** Sends a file, telling {@code sent} of every piece. */
    void put(PresignedFile target, Path file, LongConsumer sent) throws IOException {
        BodyPublisher body =
                BodyPublishers.fromPublisher(new CountedPublisher(BodyPublishers.ofFile(file), sent), target.getSize());
        HttpRequest request = request(target).method(target.getMethod(), body).build();
        exchange(request, target.getSize(), BodyHandlers.ofString());
    }

    /**
     * Receives a file from byte {@code from} on.
     *
     * @param begin told, before the first chunk, whether the store begins at {@code from}; if not it begins at 0
     */
    void get(PresignedFile source, long from, Consumer<Boolean> begin, Consumer<byte[]> chunk) throws IOException {
        HttpRequest.Builder request = request(source).method(source.getMethod(), BodyPublishers.noBody());
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        exchange(request.build(), source.getSize() - from, answer -> {
            if (answer.statusCode() / 100 != 2) {
                return BodySubscribers.ofString(StandardCharsets.UTF_8);
            }
            begin.accept(answer.statusCode() == 206);
            return BodySubscribers.mapping(
                    BodySubscribers.ofByteArrayConsumer(bytes -> bytes.ifPresent(chunk)), done -> "");
        });
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static HttpRequest.Builder request(PresignedFile file) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(file.getUrl()));
        file.getHeadersMap().forEach((name, value) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
            }
        });
        return request;
    }

    private void exchange(HttpRequest request, long bytes, BodyHandler<String> handler) throws IOException {
        CompletableFuture<HttpResponse<String>> sending = client.sendAsync(request, handler);
        try {
            HttpResponse<String> answer = sending.get(GRACE_SECONDS + bytes / MIN_BYTES_PER_SECOND, TimeUnit.SECONDS);
            check(answer.statusCode(), answer.body());
        } catch (ExecutionException e) {
            throw new IOException("The store did not take or give the bytes: " + reason(e), e);
        } catch (TimeoutException e) {
            sending.cancel(true);
            throw new IOException("The transfer stalled: fewer than " + MIN_BYTES_PER_SECOND + " bytes a second", e);
        } catch (InterruptedException e) {
            sending.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null ? "unknown" : cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    private static void check(int status, String body) throws IOException {
        String quoted = body.substring(0, Math.min(MAX_QUOTED, body.length()));
        if (status / 100 == 4 && status != 408 && status != 429) {
            throw new UrlRefusedException("The store answered " + status + ": " + quoted);
        }
        if (status / 100 != 2) {
            throw new IOException("The store answered " + status + ": " + quoted);
        }
    }
}
