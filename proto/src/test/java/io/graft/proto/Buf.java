package io.graft.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the buf executable that the build has put under {@code target}. It needs no network. */
final class Buf {
    private static final File EXECUTABLE =
            Path.of("target/buf/buf.exe").toAbsolutePath().toFile();
    private static final Path CACHE = Path.of("target/buf/cache").toAbsolutePath();

    private final Path folder;

    /** @param folder holds {@code buf.yaml} */
    Buf(Path folder) {
        this.folder = folder;
    }

    /**
     * How a run ended.
     *
     * @param exitCode 0 when all is well, 100 when a file breaks a rule
     * @param output both streams
     */
    record Outcome(int exitCode, String output) {}

    Outcome run(String... arguments) throws IOException, InterruptedException {
        assertThat(EXECUTABLE.canExecute() || EXECUTABLE.setExecutable(true))
                .as("%s can be executed", EXECUTABLE)
                .isTrue();
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.getPath()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("BUF_CACHE_DIR", CACHE.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("buf ends").isTrue();
        return new Outcome(process.exitValue(), output);
    }
}
