package io.graft.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the gateway, under {@code graft.gateway}. */
@ConfigMapping(prefix = "graft.gateway")
public interface GatewayConfig {
    /** Where the gRPC services answer, {@code host:port}. */
    @WithDefault("localhost:7481")
    String grpc();

    /** How long a call may take, its retries included; streams have no limit. */
    @WithDefault("30S")
    Duration deadline();

    /** How many calls are under way at most, streams aside. */
    @WithDefault("64")
    int callsAtOnce();

    /** How many calls may wait for one of these to end; more are refused with 503. */
    @WithDefault("1024")
    int callsWaiting();

    /** Longest request body in bytes. */
    @WithDefault("4194304")
    int maxBodyBytes();

    /** How often an event stream that has nothing to say says so; a client that takes nothing for four of these is dropped. */
    @WithDefault("15S")
    Duration heartbeat();
}
