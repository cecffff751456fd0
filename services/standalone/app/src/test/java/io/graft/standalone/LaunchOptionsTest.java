package io.graft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchOptionsTest {
    @Test
    void laysThePortsInARow() {
        PortPlan ports = LaunchOptions.parse(List.of(), Map.of()).ports();

        assertThat(List.of(
                        ports.http(),
                        ports.grpc(),
                        ports.kafka(),
                        ports.kafkaController(),
                        ports.s3(),
                        ports.postgres()))
                .containsExactly(7480, 7481, 7482, 7483, 7484, 7485);
    }

    @Test
    void optionIsStrongerThanEnvironment() {
        LaunchOptions options = LaunchOptions.parse(
                List.of("--background", "--port-base", "9000"),
                Map.of("GRAFT_PORT_BASE", "8000", "GRAFT_HOME", "/some/where/../home"));

        assertThat(options).isEqualTo(new LaunchOptions(Path.of("/some/home"), new PortPlan(9000), true));
    }

    @ParameterizedTest
    @CsvSource({"--port-base", "--port-base x", "--port-base 80", "--port-base 65531", "--daemon"})
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> LaunchOptions.parse(List.of(line.split(" ")), Map.of()))
                .isInstanceOfSatisfying(
                        StandaloneException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.WRONG_SETTING));
    }

    @Test
    void namesABusyPort() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PortPlan ports = new PortPlan(other.getLocalPort() - 1);

            assertThatThrownBy(ports::checkServicePorts)
                    .isInstanceOf(StandaloneException.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("gRPC")
                    .hasMessageContaining("--port-base");
        }
    }

    @Test
    void takesExternalPartsWholeOrNotAtAll() {
        Map<String, String> whole = Map.of(
                "GRAFT_S3_ENDPOINT", "http://s3",
                "GRAFT_S3_ACCESS_KEY", "me",
                "GRAFT_S3_SECRET_KEY", "s",
                "GRAFT_KAFKA_BOOTSTRAP", "kafka:1",
                "GRAFT_POSTGRES_URL", "jdbc:postgresql://db/graft",
                "GRAFT_POSTGRES_USERNAME", "me",
                "GRAFT_POSTGRES_PASSWORD", "p");

        assertThat(ExternalParts.find(Map.of())).isEmpty();
        assertThat(ExternalParts.find(whole))
                .hasValue(new Parts(
                        "jdbc:postgresql://db/graft",
                        "me",
                        "p",
                        "kafka:1",
                        "http://s3",
                        "me",
                        "s",
                        "graft",
                        "us-east-1"));
        assertThatThrownBy(() -> ExternalParts.find(Map.of("GRAFT_KAFKA_BOOTSTRAP", "kafka:1")))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining("GRAFT_S3_ENDPOINT")
                .hasMessageContaining("GRAFT_POSTGRES_PASSWORD")
                .hasMessageNotContaining("GRAFT_KAFKA_BOOTSTRAP");
    }
}
