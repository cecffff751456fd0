package io.graft.platform.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the registry is, for services that take submissions. */
@ConfigMapping(prefix = "graft.registry")
public interface RegistryConfig {
    /** Its gRPC endpoint, {@code host:port}. */
    Optional<String> endpoint();

    /** Longest time that one question to the registry may take, tries included. */
    @WithDefault("10S")
    Duration deadline();
}
