package io.graft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    private Path folder;

    @Test
    void refusesASecondAndNamesTheFirst() throws IOException {
        GraftHome home = GraftHome.open(folder);
        try (RunLock first = RunLock.take(home)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> RunLock.take(home))
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .isInstanceOfSatisfying(
                            StandaloneException.class,
                            e -> assertThat(e.status()).isEqualTo(ExitStatus.ALREADY_RUNNING));
            assertThat(home.pid()).exists();
        }
        assertThat(home.pid()).doesNotExist();
        RunLock.take(home).close();
    }

    @Test
    void forgetsWhatAKilledProcessLeft() throws IOException {
        GraftHome home = GraftHome.open(folder);
        Files.writeString(home.endpoints(), "{\"pid\": 1}");
        Files.writeString(home.pid(), "1");

        try (RunLock lock = RunLock.take(home)) {
            assertThat(lock).isNotNull();
            assertThat(home.endpoints()).doesNotExist();
            assertThat(home.pid())
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }
}
