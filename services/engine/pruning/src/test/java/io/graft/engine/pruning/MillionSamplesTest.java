package io.graft.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A million samples of a thousand classes within half of 1 GiB for the whole process: Java's heap and what is beside it. The
 * slower methods run with {@code -Dgraft.large=true} and take some minutes.
 */
@EnabledOnOs(OS.LINUX)
class MillionSamplesTest {
    private static final long GIBIBYTE_IN_KIB = 1 << 20;
    private static final long MOST_MINUTES = 15;

    @Test
    void labelMapping() throws Exception {
        assertThat(peakKib("label_mapping")).isLessThan(GIBIBYTE_IN_KIB / 2);
    }

    @Test
    @EnabledIfSystemProperty(named = "graft.large", matches = "true")
    void gradientNorm() throws Exception {
        assertThat(peakKib("gradient_norm")).isLessThan(GIBIBYTE_IN_KIB / 2);
    }

    @Test
    void moderate() throws Exception {
        assertThat(peakKib("moderate", "buffer_mib", "128")).isLessThan(GIBIBYTE_IN_KIB / 2);
    }

    @Test
    @EnabledIfSystemProperty(named = "graft.large", matches = "true")
    void featureMappingByLabels() throws Exception {
        assertThat(peakKib("feature_mapping", "prototypes", "label_means")).isLessThan(GIBIBYTE_IN_KIB / 2);
    }

    @Test
    @EnabledIfSystemProperty(named = "graft.large", matches = "true")
    void featureMappingByClusters() throws Exception {
        assertThat(peakKib("feature_mapping", "clusters", "1000", "iterations", "3"))
                .isLessThan(GIBIBYTE_IN_KIB / 2);
    }

    private static long peakKib(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MillionSamplesMain.class.getName()));
        command.addAll(List.of(arguments));
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        System.out.printf(
                "%s: %s, %.1f s%n", String.join(" ", arguments), said.strip(), (System.nanoTime() - started) / 1e9);
        assertThat(said).contains("kept ");
        return Long.parseLong(said.strip().replaceAll(".* ", ""));
    }
}
