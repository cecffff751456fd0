package io.graft.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.weights.benchmark.SyntheticModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Grafts 8 GB models in a JVM of its own and looks at the most memory it ever held, mapped files included. The source base
 * is the target too, which saves disk and changes nothing in how much is read. Needs 24 GB of disk and some minutes; run with {@code -Dgraft.large=true}, and on a small disk with {@code -Dgraft.large.bytes=...}.
 */
@EnabledIfSystemProperty(named = "graft.large", matches = "true")
final class LargeGraftTest {
    private static final long GIGABYTE = 1_000_000_000L;

    @TempDir
    Path temporary;

    @Test
    void memoryStaysBelowHalfAGigabyte() throws IOException, InterruptedException {
        long bytes = Long.getLong("graft.large.bytes", 8 * GIGABYTE);
        for (String model : List.of("base", "tuned")) {
            new SyntheticModel(bytes, model.hashCode(), 2 * GIGABYTE).write(temporary.resolve(model));
        }
        Path report = temporary.resolve("report");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LargeGraftMain.class.getName(),
                        temporary.toString(),
                        report.toString())
                .inheritIO()
                .start();
        assertThat(child.waitFor()).isZero();
        List<String> lines = Files.readAllLines(report);
        System.out.println(lines);
        long mostKilobytes = Long.parseLong(lines.getFirst());
        assertThat(mostKilobytes).isLessThan(500_000);
    }
}
