package io.graft.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelKillsTest {
    @TempDir
    Path folder;

    @Test
    void readsTheFirstFileThatTells() throws Exception {
        Path silent = Files.writeString(folder.resolve("a"), "low 0\nhigh 7\n");
        Path telling = Files.writeString(folder.resolve("b"), "oom 9\noom_kill 4\noom_group_kill 1\n");
        Path later = Files.writeString(folder.resolve("c"), "oom_kill 100\n");

        assertThat(new KernelKills(List.of(folder.resolve("none"), silent, telling, later)).getAsLong())
                .isEqualTo(4);
        assertThat(new KernelKills(List.of(silent)).getAsLong()).isZero();
    }

    @Test
    void readsThisMachine() {
        assertThat(new KernelKills().getAsLong()).isNotNegative();
    }
}
