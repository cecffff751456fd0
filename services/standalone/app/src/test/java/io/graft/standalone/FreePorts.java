package io.graft.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/** Six free ports in a row, below those that the system hands to clients. */
final class FreePorts {
    private static final Random RANDOM = new Random();

    private FreePorts() {}

    static PortPlan find() {
        return IntStream.generate(() -> 20_000 + 10 * RANDOM.nextInt(1_000))
                .limit(100)
                .filter(base -> IntStream.range(base, base + 6).allMatch(FreePorts::isFree))
                .mapToObj(PortPlan::new)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(PortPlan.HOST))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
