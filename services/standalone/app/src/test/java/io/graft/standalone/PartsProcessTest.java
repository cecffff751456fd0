package io.graft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsProcessTest {
    private static final Path LIBRARIES = Path.of("../embedded/target/lib");

    @TempDir
    private Path folder;

    private GraftHome home = new GraftHome(Path.of("/"));

    @BeforeEach
    void openHome() {
        assertThat(LIBRARIES)
                .as("built by mvn -pl services/standalone/embedded package")
                .isDirectory();
        home = GraftHome.open(folder);
    }

    @Test
    void startsThePartsOnTheirPortsAndStopsThem() throws Exception {
        PortPlan ports = FreePorts.find();
        CountDownLatch ended = new CountDownLatch(1);
        PartsProcess process = PartsProcess.start(home, LIBRARIES, ports, Secrets.open(home));
        try (process) {
            process.onExit(ended::countDown);
            assertThat(process.parts().kafka()).isEqualTo("127.0.0.1:" + ports.kafka());
            assertThat(process.parts().s3()).isEqualTo("http://127.0.0.1:" + ports.s3());
            assertThat(process.parts().postgresUrl())
                    .isEqualTo("jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/graft");
            assertThat(ProcessHandle.current()
                            .children()
                            .map(child -> child.info().toString()))
                    .as("no secret on a command line")
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(process.parts().s3SecretKey())
                            || line.contains(process.parts().postgresPassword()));
        }
        assertThat(ended.await(5, TimeUnit.SECONDS)).as("who watches is told").isTrue();
        assertThat(home.data().resolve("postgres/cluster/postmaster.pid"))
                .as("a clean stop")
                .doesNotExist();
    }

    @Test
    void repeatsWhatThePartsSay() throws IOException {
        PortPlan ports = FreePorts.find();
        try (ServerSocket other = new ServerSocket(ports.s3(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> PartsProcess.start(home, LIBRARIES, ports, Secrets.open(home)))
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("parts.log");
        }
    }
}
