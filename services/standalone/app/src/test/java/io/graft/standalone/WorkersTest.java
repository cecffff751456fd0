package io.graft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {
    @TempDir
    private Path folder;

    @Test
    void findsThoseOfThisHomeOnly() throws Exception {
        Process mine = jvm(folder);
        Process another = jvm(folder.resolve("other"));
        try {
            assertThat(Workers.under(folder)).containsExactly(mine.toHandle());
        } finally {
            mine.destroyForcibly().waitFor();
            another.destroyForcibly().waitFor();
        }
        assertThat(Workers.under(folder)).isEmpty();
    }

    /** A machine that waits for source code on its standard input. */
    private static Process jvm(Path work) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Workers.mark(work),
                        "/dev/stdin")
                .start();
    }
}
