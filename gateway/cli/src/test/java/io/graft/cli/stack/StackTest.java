package io.graft.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.cli.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops a small program that keeps the launch contract. */
class StackTest {
    @TempDir
    Path home = Path.of("");

    @TempDir
    Path distribution = Path.of("");

    @BeforeEach
    void build() throws IOException {
        Path program = distribution.resolve("services/standalone/app/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(program.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, SmallStack.class.getName());
        String entry = SmallStack.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(program), manifest)) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(resource("/" + entry));
        }
    }

    @AfterEach
    void stop() {
        run("down");
    }

    @Test
    void aDetachedStackIsUpUntilItIsTakenDown() {
        CommandRun up = run("up", "--detach", "--port-base", "9000", "-o", "json");
        CommandRun again = run("up", "--detach");
        CommandRun down = run("down", "-o", "json");

        assertThat(up.exit()).isZero();
        assertThat(up.json().get("state").getAsString()).isEqualTo("READY");
        assertThat(up.json().getAsJsonObject("endpoints").get("grpc").getAsString())
                .isEqualTo("127.0.0.1:9001");
        assertThat(again.exit()).isZero();
        assertThat(again.err()).contains("up already");
        assertThat(down.exit()).isZero();
        assertThat(down.json().get("state").getAsString()).isEqualTo("STOPPED");
        assertThat(run("status").exit()).isEqualTo(6);
    }

    @Test
    void aStackThatEndsBeforeItIsReadyShowsItsLastWords() {
        CommandRun up = run("up", "--detach", "--port-base", "1");

        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.err()).contains("STACK_FAILED").contains("graft: port 1 is taken; give another --port-base");
    }

    @Test
    void filesThatAKilledStackLeftAreNotBelieved() throws IOException {
        Files.createDirectories(home.resolve("run"));
        long other = ProcessHandle.current().pid();
        Files.writeString(home.resolve("run/pid"), String.valueOf(other));
        Files.writeString(home.resolve("run/endpoints.json"), "{\"pid\": " + other + ", \"grpc\": \"127.0.0.1:1\"}");

        assertThat(run("status", "-o", "json").json().get("state").getAsString())
                .isEqualTo("STOPPED");
        assertThat(run("down").err()).contains("It is not up");
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void aDistributionThatIsNotBuiltSaysHowToBuildIt() throws IOException {
        Files.delete(distribution.resolve("services/standalone/app/target/quarkus-app/quarkus-run.jar"));

        CommandRun up = run("up", "--detach");

        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.err()).contains("NOT_BUILT").contains("mvn");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.with(Map.of("GRAFT_HOME", home.toString(), "GRAFT_DIST", distribution.toString()), arguments);
    }

    private static byte[] resource(String name) {
        try (var stream = StackTest.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
