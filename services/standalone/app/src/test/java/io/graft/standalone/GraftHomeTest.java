package io.graft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraftHomeTest {
    @TempDir
    private Path folder;

    @Test
    void isForItsOwnerOnly() throws IOException {
        Path root = folder.resolve("a home");
        Files.createDirectories(
                root.resolve("config"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        GraftHome home = GraftHome.open(root);
        Secrets.open(home);
        TokenKeys.open(home);

        assertThat(permissions(root.resolve("config"), "data", "work", "logs", "run"))
                .containsOnly("rwx------");
        try (Stream<Path> files = Files.list(home.config())) {
            assertThat(files)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(permissions(file)).containsOnly("rw-------"));
        }
    }

    @Test
    void keepsSecretsAndKeys() throws IOException {
        GraftHome home = GraftHome.open(folder);
        Secrets secrets = Secrets.open(home);
        TokenKeys keys = TokenKeys.open(home);

        assertThat(Secrets.open(home)).isEqualTo(secrets);
        assertThat(TokenKeys.open(home).publicKey()).isEqualTo(keys.publicKey());
        assertThat(secrets.postgresPassword())
                .isNotEqualTo(secrets.s3SecretKey())
                .hasSize(48);
        assertThat(secrets.toString()).doesNotContain(secrets.s3SecretKey(), secrets.postgresPassword());
    }

    @Test
    void namesAPlaceThatCannotBeAHome() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> GraftHome.open(file.resolve("home")))
                .isInstanceOf(StandaloneException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("GRAFT_HOME");
    }

    private static Set<String> permissions(Path path, String... siblings) {
        return Stream.concat(Stream.of(path), Stream.of(siblings).map(path::resolveSibling))
                .map(each -> {
                    try {
                        return PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.toSet());
    }
}
