package io.graft.platform.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** One real PostgreSQL for all tests, and a fresh schema for each that asks. */
public final class Postgres {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private Postgres() {}

    /** A data source whose schema has the platform's tables and nothing in them. */
    public static DataSource freshSchema() {
        String schema = "service" + SCHEMAS.incrementAndGet();
        PGSimpleDataSource source = (PGSimpleDataSource) Server.RUNNING.getPostgresDatabase();
        source.setCurrentSchema(schema);
        Flyway.configure()
                .dataSource(source)
                .schemas(schema)
                .locations("db/platform")
                .load()
                .migrate();
        return source;
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
