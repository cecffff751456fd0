package io.graft.standalone;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** What the starting process knows and the running application tells its user. */
@ConfigMapping(prefix = "graft.standalone")
interface StandaloneConfig {
    /** Root of the home. */
    Path home();

    /** URL of the gateway. */
    String http();

    /** Where the services answer, {@code host:port}. */
    String grpc();

    /** JDBC URL of the database. */
    String postgres();
}
