package io.graft.engine.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {
    private static final int SIGTERM = 143;

    @TempDir
    Path folder;

    @Test
    void aProcessThatIsToldToLeaveWhileItComputesDoesNotCrash() throws IOException, InterruptedException {
        Process process = start("surprised");
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM);
    }

    @Test
    void theOwnerMayStillComputeUntilItCloses() throws IOException, InterruptedException {
        Process process = start("orderly");
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM);
        assertThat(folder.resolve("ready")).content().startsWith("stored ");
    }

    @Test
    void exitOnTheOwnersThreadDoesNotWaitForItself() throws IOException, InterruptedException {
        Process process = start("exit");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
    }

    private Process start(String ending) throws IOException, InterruptedException {
        Path ready = folder.resolve("ready");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:ErrorFile=" + folder.resolve("crash.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessMain.class.getName(),
                        ending,
                        ready.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(ready) && process.isAlive() && System.nanoTime() < deadline) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS) && !ending.equals("exit"))
                    .as("ended before it computed: " + Files.readString(folder.resolve("output")))
                    .isFalse();
        }
        return process;
    }
}
