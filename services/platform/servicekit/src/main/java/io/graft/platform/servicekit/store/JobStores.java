package io.graft.platform.servicekit.store;

import io.graft.platform.job.JobStore;
import io.graft.platform.postgres.Database;
import io.graft.platform.postgres.PostgresJobStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real store of jobs, empty for each that asks. */
public final class JobStores {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private JobStores() {}

    /** A store in a schema of its own. */
    public static JobStore fresh() {
        String schema = "service" + SCHEMAS.incrementAndGet();
        PGSimpleDataSource source = (PGSimpleDataSource) Server.RUNNING.getPostgresDatabase();
        source.setCurrentSchema(schema);
        Flyway.configure()
                .dataSource(source)
                .schemas(schema)
                .locations("db/platform")
                .load()
                .migrate();
        return new PostgresJobStore(new Database(source), "/graft/service");
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
