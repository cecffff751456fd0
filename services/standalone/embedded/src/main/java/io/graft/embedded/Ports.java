package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
final class Ports {
    /** The only address that a part listens on. */
    static final String HOST = "127.0.0.1";

    private Ports() {}

    /**
     * The port to listen on.
     *
     * @param requested a port, or 0 for one that is free
     * @param part who wants it, for the message
     * @throws EmbeddedPartException {@code PORT_IN_USE} or {@code INVALID_SETTINGS}
     */
    static int claim(int requested, String part) {
        if (requested < 0 || requested > 65_535) {
            throw new EmbeddedPartException(
                    Reason.INVALID_SETTINGS, "Port " + requested + " of " + part + " is not between 0 and 65535");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), requested));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    Reason.PORT_IN_USE,
                    "Port " + requested + " on " + HOST + ", meant for " + part
                            + ", is in use by another program. Stop that program, or choose other ports with"
                            + " --port-base or GRAFT_PORT_BASE",
                    e);
        }
    }
}
