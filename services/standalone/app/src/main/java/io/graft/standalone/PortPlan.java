package io.graft.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * The ports of one machine, in a row.
 *
 * @param base the first of six
 */
record PortPlan(int base) {
    static final int DEFAULT_BASE = 7480;
    static final String HOST = "127.0.0.1";

    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_530;

    PortPlan {
        if (base < LOWEST || base > HIGHEST) {
            throw new StandaloneException(
                    ExitStatus.WRONG_SETTING,
                    "The first port is " + LOWEST + " to " + HIGHEST + ", not " + base
                            + "; six in a row are used. Correct --port-base or GRAFT_PORT_BASE");
        }
    }

    int http() {
        return base;
    }

    int grpc() {
        return base + 1;
    }

    int kafka() {
        return base + 2;
    }

    int kafkaController() {
        return base + 3;
    }

    int s3() {
        return base + 4;
    }

    int postgres() {
        return base + 5;
    }

    /** @throws StandaloneException when a port that the services listen on is in use */
    void checkServicePorts() {
        Map.of("the gateway", http(), "gRPC", grpc()).forEach(PortPlan::check);
    }

    private static void check(String user, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
        } catch (IOException e) {
            throw new StandaloneException(
                    ExitStatus.FAILED,
                    "Port " + port + " on " + HOST + ", meant for " + user
                            + ", is in use by another program. Stop that program, or choose other ports with"
                            + " --port-base or GRAFT_PORT_BASE",
                    e);
        }
    }
}
