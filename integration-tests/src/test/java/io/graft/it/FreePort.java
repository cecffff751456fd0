package io.graft.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Ports that nobody listens on just now. */
final class FreePort {
    private FreePort() {}

    /** The first of six neighbours. */
    static int findSix() {
        for (int base = 21_000; base < 31_000; base += 6) {
            if (IntStream.range(base, base + 6).allMatch(FreePort::isFree)) {
                return base;
            }
        }
        throw new IllegalStateException("There are no six free ports between 21000 and 31000");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
