package io.graft.registry.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long uploads live. */
@ConfigMapping(prefix = "graft.uploads")
interface UploadsConfig {
    /** How long an upload may stay open; an older one expires. */
    @WithDefault("24H")
    Duration life();

    /** How long the objects of an ended upload are left alone before they are deleted; 15 minutes at least. */
    @WithDefault("1H")
    Duration grace();

    /** How often expired uploads are looked for. */
    @WithDefault("10M")
    Duration sweepInterval();
}
