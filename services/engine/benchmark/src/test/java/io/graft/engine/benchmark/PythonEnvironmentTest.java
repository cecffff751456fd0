package io.graft.engine.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonEnvironmentTest {
    private final List<String> notes = new ArrayList<>();

    @TempDir
    Path temporary;

    private PythonEnvironment environment(String python) {
        return new PythonEnvironment(temporary.resolve("cache"), python, notes::add);
    }

    /** A program that makes an environment whose interpreter does as told. */
    private String python(String interpreter) throws IOException {
        return program(
                "python3",
                "mkdir -p \"$4/bin\"\nprintf '%s' '#!/bin/sh\n" + interpreter
                        + "' > \"$4/bin/python\"\nchmod +x \"$4/bin/python\"");
    }

    private String program(String name, String script) throws IOException {
        Path program = temporary.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    @Test
    void isMadeOnceAndSaysSo() throws IOException {
        String python = python("echo \"$@\" >> " + temporary.resolve("calls"));
        Path first = environment(python).prepare();
        Path second = environment(python).prepare();

        assertThat(second).isEqualTo(first).isExecutable();
        assertThat(notes).singleElement().asString().contains("making a Python environment", "torch==2.7.1");
        assertThat(temporary.resolve("calls"))
                .content()
                .isEqualTo("-m pip install --quiet --no-input torch==2.7.1 transformers==5.23.0 peft==0.21.2 numpy\n");
    }

    @Test
    void noPython() {
        assertThatThrownBy(() ->
                        environment(temporary.resolve("absent").toString()).prepare())
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContainingAll("absent", "cannot be run", "python3-venv", "--python");
    }

    @Test
    void noVenv() throws IOException {
        String python = program("python3", "echo ensurepip is not available\nexit 1");

        assertThatThrownBy(() -> environment(python).prepare())
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContainingAll("ended with 1", "python3-venv", "ensurepip is not available");
    }

    @Test
    void noNetworkAndThenAgain() throws IOException {
        String broken = python("echo No matching distribution found\nexit 1");
        assertThatThrownBy(() -> environment(broken).prepare())
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContainingAll(
                        "pip install", "needs the network", "PIP_INDEX_URL", "No matching distribution");

        assertThat(environment(python("exit 0")).prepare()).isExecutable();
    }
}
