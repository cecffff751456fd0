package io.graft.cli.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.graft.v1.PresignedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP server that takes and gives objects by presigned URL, with ranges and faults. */
public final class Store implements AutoCloseable {
    /** Objects by path. */
    public final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    /** Fault that is no status: the connection is closed, unread and unanswered. */
    public static final int HANG_UP = 0;

    /** Status codes, or {@link #HANG_UP}, to answer the next requests with, instead of serving them. */
    public final ConcurrentLinkedQueue<Integer> faults = new ConcurrentLinkedQueue<>();

    /** Requests as {@code METHOD path}, with the Range header if any. */
    public final List<String> log = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public Store() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** A PUT of {@code content} to {@code path} that demands the checksum header. */
    public PresignedFile put(String path, byte[] content) {
        return presigned(path, content, "PUT").toBuilder()
                .putHeaders("x-amz-checksum-sha256", sha256(content))
                .putHeaders("Host", "localhost")
                .putHeaders("Content-Length", String.valueOf(content.length))
                .build();
    }

    /** A GET of {@code path} that promises {@code content}. */
    public PresignedFile get(String path, byte[] content) {
        return presigned(path, content, "GET");
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private PresignedFile presigned(String path, byte[] content, String method) {
        return PresignedFile.newBuilder()
                .setPath(path)
                .setUrl("http://localhost:" + server.getAddress().getPort() + "/" + path + "?X-Amz-Signature=0")
                .setMethod(method)
                .setSize(content.length)
                .setSha256(sha256(content))
                .build();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            @Nullable String range = exchange.getRequestHeaders().getFirst("Range");
            log.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
            Integer fault = faults.poll();
            if (fault != null && fault == HANG_UP) {
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (fault != null) {
                answer(exchange, fault, "<Error>fault</Error>".getBytes(StandardCharsets.UTF_8));
            } else if (exchange.getRequestMethod().equals("PUT")) {
                take(exchange, path, body);
            } else {
                give(exchange, objects.getOrDefault(path, new byte[0]), range);
            }
        }
    }

    private void take(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (!sha256(body).equals(exchange.getRequestHeaders().getFirst("x-amz-checksum-sha256"))) {
            answer(exchange, 400, "<Error>BadDigest</Error>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        objects.put(path, body);
        answer(exchange, 200, new byte[0]);
    }

    private static void give(HttpExchange exchange, byte[] object, @Nullable String range) throws IOException {
        if (range == null) {
            answer(exchange, 200, object);
        } else {
            int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            answer(exchange, 206, Arrays.copyOfRange(object, from, object.length));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);

        exchange.getResponseBody().write(body);
    }
}
