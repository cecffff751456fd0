package io.graft.embedded;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A PostgreSQL 17 server as a child process, listening on 127.0.0.1 with SCRAM passwords, durable over {@code kill -9} and
 * loss of power. Works as root too, where the kernel allows user namespaces.
 *
 * <p>When the process that started it is killed, the server goes on; the next start on the same directory stops it first.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The one user. */
    public static final String USERNAME = "postgres";

    /** The one database. */
    public static final String DATABASE = "graft";

    private static final String PART = "PostgreSQL";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
    private final Path cluster;
    private final String password;

    private EmbeddedPostgres(
            io.zonky.test.db.postgres.embedded.EmbeddedPostgres server, Path cluster, String password) {
        this.server = server;
        this.cluster = cluster;
        this.password = password;
    }

    /**
     * Starts the server and returns when it answers. A first start takes a few seconds more.
     *
     * @param dataDirectory holds the cluster and the server's binaries; created for its owner only if absent
     * @param port the port, or 0 for one that is free
     * @param password of {@link #USERNAME}; the one of the first start must be given ever after
     * @throws EmbeddedPartException naming the reason and the cure
     */
    public static EmbeddedPostgres start(Path dataDirectory, int port, String password) {
        Path directory = DataDirectory.open(dataDirectory, PART);
        Path cluster = directory.resolve("cluster");
        ClusterMarker marker = new ClusterMarker(directory.resolve("created"));
        try {
            OrphanedPostmaster.stop(cluster);
            boolean first = !marker.exists();
            if (first) {
                DataDirectory.delete(cluster);
            } else {
                marker.check(password);
            }
            EmbeddedPostgres postgres = new EmbeddedPostgres(
                    launch(directory, cluster, Ports.claim(port, PART), password), cluster, password);
            if (first) {
                postgres.createDatabase();
                marker.write(password);
            }
            return postgres;
        } catch (IOException | IllegalStateException | SQLException e) {
            OrphanedPostmaster.stop(cluster);
            throw new EmbeddedPartException(
                    Reason.START_FAILED,
                    "PostgreSQL does not start on " + directory + ": " + e.getMessage()
                            + ". Its own words are in the log just before",
                    e);
        }
    }

    private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres launch(
            Path directory, Path cluster, int port, String password) throws IOException {
        Path passwordFile = Files.createTempFile(
                directory,
                ".password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password);
            return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(cluster.toFile())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                    .setPort(port)
                    .setPGStartupWait(START_LIMIT)
                    .setConnectConfig("password", password)
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setServerConfig("listen_addresses", Ports.HOST)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("max_connections", "140")
                    .setServerConfig("timezone", "UTC")
                    .start();
        } finally {
            Files.delete(passwordFile);
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USERNAME, password);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    /**
     * Creates a schema in {@link #DATABASE} unless it is there.
     *
     * @param name lower-case letters, digits and {@code _}
     */
    public void createSchema(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of a schema: " + name);
        }
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), USERNAME, password);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + name);
        } catch (SQLException e) {
            throw new EmbeddedPartException(
                    Reason.START_FAILED, "Schema " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** JDBC URL of {@link #DATABASE}, without user and password. */
    public String jdbcUrl() {
        return url(DATABASE);
    }

    private String url(String database) {
        return "jdbc:postgresql://" + Ports.HOST + ":" + port() + "/" + database;
    }

    /**
     * Disconnects clients, stops the server and returns when it is gone.
     *
     * @throws EmbeddedPartException {@code STOP_FAILED} when it does not go; its data is safe nevertheless
     */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new EmbeddedPartException(
                    Reason.STOP_FAILED, "PostgreSQL does not stop: " + e.getMessage() + ". The next start ends it", e);
        }
        OrphanedPostmaster.stop(cluster);
    }
}
