package io.graft.platform.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The artifact store. */
@ConfigMapping(prefix = "graft.s3")
public interface S3Config {
    /** URL of the S3 endpoint, for example {@code http://127.0.0.1:7484}. */
    String endpoint();

    /** Bucket; created when absent. */
    @WithDefault("graft")
    String bucket();

    /** Region that requests are signed for. */
    @WithDefault("us-east-1")
    String region();

    /** Access key. */
    String accessKey();

    /** Secret key. */
    String secretKey();
}
