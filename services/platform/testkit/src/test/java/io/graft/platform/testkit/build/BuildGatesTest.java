package io.graft.platform.testkit.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Builds {@code src/test/planted} with the real parent pom, once: a clean module, and one for each gate that must refuse it.
 * It runs offline in the local repository that this build uses, which has every plugin by now.
 */
class BuildGatesTest {
    private static final Path PLANTED = Path.of("target/planted");

    private static List<String> log = List.of();

    @BeforeAll
    static void buildWhatIsPlanted() throws IOException, InterruptedException {
        copy(Path.of("src/test/planted"), PLANTED);
        Path output = PLANTED.resolve("build.log");
        ProcessBuilder maven = new ProcessBuilder(
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "--batch-mode",
                        "--offline",
                        "--fail-at-end",
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        // What is in the local repository counts, whichever remote one it came from.
                        "-Dmaven.legacyLocalRepo=true",
                        "compile")
                .directory(PLANTED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = maven.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        log = Files.readAllLines(output);
        assertThat(ended)
                .as("the planted build ends:%n%s", String.join("\n", log))
                .isTrue();
    }

    @Test
    void cleanCodePasses() {
        assertThat(log).noneMatch(line -> line.contains("on project planted-clean"));
        assertThat(log).anyMatch(line -> line.contains("planted-clean") && line.contains("SUCCESS"));
    }

    @Test
    void spotlessRefusesBadFormat() {
        assertThat(failureOf("planted-format")).contains("spotless-maven-plugin", "spotless:apply");
    }

    @Test
    void errorProneRefusesABug() {
        assertThat(failureOf("planted-error-prone")).contains("maven-compiler-plugin", "[NarrowCalculation]");
    }

    @Test
    void nullAwayRefusesANullDereference() {
        assertThat(failureOf("planted-nullaway")).contains("maven-compiler-plugin", "[NullAway]", "value");
    }

    @Test
    void enforcerRefusesAnArrowBetweenModules() {
        assertThat(failureOf("planted-layering"))
                .contains("maven-enforcer-plugin", "who-may-know-whom", "Think hard", "planted-clean");
    }

    /** The closing report on a module: from the line that names it to the next that names one. */
    private static String failureOf(String module) {
        List<String> report = log.stream()
                .dropWhile(line -> !line.contains("Failed to execute goal") || !line.contains(" " + module + ":"))
                .toList();
        assertThat(report).as("%s fails:%n%s", module, String.join("\n", log)).isNotEmpty();
        Stream<String> rest = report.stream().skip(1).takeWhile(line -> !line.contains("Failed to execute goal"));
        return report.getFirst() + "\n" + String.join("\n", rest.toList());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling(""));
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }
}
