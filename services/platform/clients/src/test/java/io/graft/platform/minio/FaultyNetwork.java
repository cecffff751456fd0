package io.graft.platform.minio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** A wire between a client and a server that cuts, or answers for the server, where a test says so. */
final class FaultyNetwork implements AutoCloseable {
    private static final String BUSY =
            "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: 36\r\n"
                    + "Connection: close\r\n\r\n<Error><Code>SlowDown</Code></Error>";

    private final ServerSocket entrance;
    private final int server;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    private FaultyNetwork(ServerSocket entrance, int server) {
        this.entrance = entrance;
        this.server = server;
    }

    static FaultyNetwork before(int server) throws IOException {
        FaultyNetwork network = new FaultyNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.ofVirtual().start(network::accept);
        return network;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Cuts the connection once {@code bytes} of a request that begins like {@code request} went through. */
    Fault cutUpload(String request, int times, int bytes) {
        return add(new Fault(Pattern.compile(request), new AtomicInteger(times), Action.CUT_UPLOAD, bytes));
    }

    /** Cuts the connection once {@code bytes} of an answer came back. */
    Fault cutDownload(String request, int times, int bytes) {
        return add(new Fault(Pattern.compile(request), new AtomicInteger(times), Action.CUT_DOWNLOAD, bytes));
    }

    /** Answers 503 in the server's place. */
    Fault busy(String request, int times) {
        return add(new Fault(Pattern.compile(request), new AtomicInteger(times), Action.BUSY, 0));
    }

    private Fault add(Fault fault) {
        faults.add(fault);
        return fault;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), server);
                Wire wire = new Wire(client, onward);
                Thread.ofVirtual().start(wire::requests);
                Thread.ofVirtual().start(wire::answers);
            } catch (IOException e) {
                if (!entrance.isClosed()) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private enum Action {
        CUT_UPLOAD,
        CUT_DOWNLOAD,
        BUSY
    }

    record Fault(Pattern request, AtomicInteger times, Action action, int bytes) {
        private boolean takes(String head) {
            return request.matcher(head).lookingAt() && times.getAndDecrement() > 0;
        }
    }

    private final class Wire {
        private final Socket client;
        private final Socket onward;
        private final AtomicLong uploadLeft = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong downloadLeft = new AtomicLong(Long.MAX_VALUE);

        Wire(Socket client, Socket onward) {
            this.client = client;
            this.onward = onward;
        }

        void requests() {
            byte[] buffer = new byte[8192];
            try (client;
                    onward;
                    InputStream in = client.getInputStream();
                    OutputStream out = onward.getOutputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (arm(new String(buffer, 0, Math.min(n, 500), StandardCharsets.ISO_8859_1))) {
                        client.getOutputStream().write(BUSY.getBytes(StandardCharsets.US_ASCII));
                        return;
                    }
                    out.write(buffer, 0, n);
                    if (uploadLeft.addAndGet(-n) < 0) {
                        return;
                    }
                }
            } catch (SocketException e) {
                // The other direction was cut, or one end hung up: this wire is done.
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean arm(String head) {
            for (Fault fault : faults) {
                if (fault.takes(head)) {
                    switch (fault.action()) {
                        case CUT_UPLOAD -> uploadLeft.set(fault.bytes());
                        case CUT_DOWNLOAD -> downloadLeft.set(fault.bytes());
                        case BUSY -> {
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        void answers() {
            byte[] buffer = new byte[8192];
            try (client;
                    onward;
                    InputStream in = onward.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                    if (downloadLeft.addAndGet(-n) < 0) {
                        return;
                    }
                }
            } catch (SocketException e) {
                // As in requests.
                return;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
