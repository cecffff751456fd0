package io.graft.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graft.embedded.EmbeddedPartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path directory;

    @Test
    void keepsDataOverARestartAndAdmitsNobodyWithoutThePassword() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0, PASSWORD)) {
            postgres.createSchema("transfer");
            postgres.createSchema("transfer");
            execute(postgres, "CREATE TABLE transfer.note AS SELECT 'kept' AS text");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0, PASSWORD)) {
            assertThat(query(postgres, "SELECT text FROM transfer.note")).isEqualTo("kept");
            assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            refusesAnotherPassword(postgres);
        }
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory, 0, "another"))
                .isInstanceOfSatisfying(
                        EmbeddedPartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_PASSWORD));
        assertThat(directory.resolve("cluster/postmaster.pid"))
                .as("no server is left running")
                .doesNotExist();
    }

    private static void refusesAnotherPassword(EmbeddedPostgres postgres) {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), EmbeddedPostgres.USERNAME, "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void beginsAnewWhenTheFirstStartWasCutShort() throws Exception {
        Files.createDirectories(directory.resolve("cluster"));
        Files.writeString(directory.resolve("cluster/postgresql.conf"), "# half a cluster");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0, PASSWORD)) {
            assertThat(query(postgres, "SELECT current_database()")).isEqualTo("graft");
        }
    }

    @Test
    void namesTheBusyPortAndTheCure() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory, other.getLocalPort(), PASSWORD))
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("PostgreSQL")
                    .hasMessageContaining("--port-base")
                    .isInstanceOfSatisfying(
                            EmbeddedPartException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.PORT_IN_USE));
        }
    }

    @Test
    void sparesAProcessThatMerelyHasTheNumberOfAnOldServer() throws IOException {
        Path cluster = Files.createDirectories(directory.resolve("cluster"));
        Files.writeString(
                cluster.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + cluster + "\n");

        OrphanedPostmaster.stop(cluster);

        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void namesADirectoryThatCannotBeUsed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("below"), 0, PASSWORD))
                .hasMessageContaining(file.toString())
                .isInstanceOfSatisfying(
                        EmbeddedPartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.DIRECTORY_NOT_WRITABLE));
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), EmbeddedPostgres.USERNAME, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), EmbeddedPostgres.USERNAME, PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
