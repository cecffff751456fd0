package io.graft.transfer.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where the registry is. */
@ConfigMapping(prefix = "graft.registry")
interface RegistryConfig {
    /** Its gRPC endpoint, {@code host:port}. */
    String endpoint();

    /** Longest time that one question to the registry may take, tries included. */
    @WithDefault("10S")
    Duration deadline();
}
