package io.graft.engine.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.graft.engine.conversion.maven.EmbeddingJar;
import io.graft.engine.conversion.maven.MavenArtifact;
import io.graft.engine.conversion.maven.MavenJars;
import io.graft.engine.conversion.problem.ImportException;
import io.graft.engine.conversion.problem.ImportProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With small scripts in the place of Maven. */
final class MavenJarsTest {
    private static final MavenArtifact ARTIFACT = new MavenArtifact("org.example", "thing", "1.0");

    @TempDir
    Path temporary;

    @Test
    void theLocalRepositoryComesFirst() throws IOException {
        Path installed = temporary.resolve("repository/org/example/thing/1.0/thing-1.0.jar");
        Files.createDirectories(installed.getParent());
        Files.writeString(installed, "jar");
        assertThat(jars("absent-program").resolve(ARTIFACT)).isEqualTo(installed);
    }

    @Test
    void whatMavenCopiesIsKept() throws IOException {
        MavenJars jars = jars(script("echo \"$@\" > arguments; echo jar > thing-1.0.jar"));
        Path file = jars.resolve(ARTIFACT);
        assertThat(file).hasContent("jar");
        assertThat(Files.readString(temporary.resolve("cache/arguments"))).contains("-Dartifact=org.example:thing:1.0");
        assertThat(jars("absent-program").resolve(ARTIFACT)).isEqualTo(file);
    }

    @Test
    void failuresAreTyped() throws IOException {
        assertProblem(ImportProblem.MAVEN_MISSING, jars("absent-program"), "absent-program");
        assertProblem(ImportProblem.MAVEN_FAILED, jars(script("echo '[ERROR] offline'; exit 1")), "offline");
        assertProblem(ImportProblem.MAVEN_FAILED, jars(script("exit 0")), "copied nothing");
    }

    @Test
    void anotherContentIsRefused() throws IOException {
        String name = EmbeddingJar.E5_SMALL_V2.artifact().fileName();
        MavenJars jars = jars(script("echo fake > " + name));
        ImportException refusal =
                catchThrowableOfType(ImportException.class, () -> jars.resolve(EmbeddingJar.E5_SMALL_V2));
        assertThat(refusal.problem()).isEqualTo(ImportProblem.DIGEST_DIFFERS);
    }

    @Test
    void coordinatesArePlainNames() {
        assertThatThrownBy(() -> new MavenArtifact("a", "../b", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MavenArtifact("a", "b", "1 -X")).isInstanceOf(IllegalArgumentException.class);
    }

    private MavenJars jars(String command) {
        return new MavenJars(
                temporary.resolve("repository"), temporary.resolve("cache"), command, Duration.ofSeconds(30));
    }

    private String script(String body) throws IOException {
        Path script = Files.createTempFile(temporary, "mvn", ".sh");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toString();
    }

    private static void assertProblem(ImportProblem expected, MavenJars jars, String text) {
        ImportException refusal = catchThrowableOfType(ImportException.class, () -> jars.resolve(ARTIFACT));
        assertThat(refusal).as("expected " + expected).isNotNull();
        assertThat(refusal.problem()).isEqualTo(expected);
        assertThat(refusal).hasMessageContaining(text);
    }
}
