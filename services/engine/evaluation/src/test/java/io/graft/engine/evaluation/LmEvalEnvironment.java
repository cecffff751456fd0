package io.graft.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python with torch, transformers and lm-eval: the one that {@code -Dgraft.python=...} names, or one that is made below
 * {@code target} by a download of 3 GB.
 */
final class LmEvalEnvironment {
    private static final Path FOLDER = Path.of("target/lm-eval-environment");
    private static final List<String> PACKAGES =
            List.of("lm-eval==0.4.13", "torch==2.7.1", "transformers==5.23.0", "accelerate==1.15.0");
    private static final String RESULTS = "RESULTS ";

    private LmEvalEnvironment() {}

    static void prepare() throws IOException, InterruptedException {
        Path ready = FOLDER.resolve("ready");
        if (System.getProperty("graft.python") == null && !Files.exists(ready)) {
            process(List.of("python3", "-m", "venv", FOLDER.toString()));
            List<String> install =
                    new ArrayList<>(List.of(FOLDER.resolve("bin/pip").toString(), "install", "--quiet"));
            install.addAll(PACKAGES);
            process(install);
            Files.createFile(ready);
        }
    }

    /** The JSON that {@code lm_eval_tasks.py} prints. */
    static String run(String model, String tasks) throws IOException, InterruptedException {
        String text = process(List.of(
                System.getProperty("graft.python", FOLDER.resolve("bin/python").toString()),
                "src/test/resources/python/lm_eval_tasks.py",
                model,
                tasks));
        return text.lines()
                .filter(line -> line.startsWith(RESULTS))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text))
                .substring(RESULTS.length());
    }

    private static String process(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("graft", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("HF_HUB_OFFLINE", "1");
        builder.environment().put("HF_DATASETS_OFFLINE", "1");
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
