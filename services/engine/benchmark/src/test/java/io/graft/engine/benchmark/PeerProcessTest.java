package io.graft.engine.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerProcessTest {
    @TempDir
    Path temporary;

    private PeerProcess peer(String script) throws IOException {
        return PeerProcess.start("peer", List.of("sh", "-c", script), temporary.resolve("log"));
    }

    @Test
    void trainsARoundWhenItIsTold() throws IOException {
        try (PeerProcess peer = peer("""
                echo '{"torch": "2"}'
                while read steps; do echo "{\\"seconds\\": $steps, \\"cpu_seconds\\": 2.5, \\"loss\\": 9}"; done""")) {
            assertThat(peer.versions().path("torch").asText()).isEqualTo("2");
            assertThat(peer.round(3)).isEqualTo(new Round(3, 2.5, 9));
            assertThat(peer.round(4).seconds()).isEqualTo(4);
            assertThat(peer.peakBytes())
                    .isGreaterThanOrEqualTo(peer.residentBytes())
                    .isPositive();
        }
    }

    @Test
    void anEndBeforeItsTimeShowsItsLog() throws IOException {
        try (PeerProcess peer = peer("echo No module named torch >&2; exit 1")) {
            assertThatThrownBy(peer::versions)
                    .isInstanceOf(BenchmarkException.class)
                    .hasMessageContainingAll("peer ended before its time", "No module named torch");
        }
    }
}
