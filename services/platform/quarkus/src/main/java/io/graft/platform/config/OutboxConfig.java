package io.graft.platform.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Events on their way to the broker and back. */
@ConfigMapping(prefix = "graft.outbox")
public interface OutboxConfig {
    /** Longest wait between the commit of an event and its publication. */
    @WithDefault("0.1S")
    Duration pollInterval();

    /** Events that are published at once. */
    @WithDefault("200")
    int batchSize();

    /** How long published events are kept. */
    @WithDefault("3D")
    Duration retention();

    /** How long the ids of taken events are kept; longer than the broker keeps events and dead letters. */
    @WithDefault("40D")
    Duration inboxRetention();
}
