package io.graft.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.proto.Buf.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API follows the style rules and breaks no client of the last release; both checks refuse what is planted. */
class ApiRulesTest {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final String RELEASED =
            MODULE.resolve("released/graft-v1.binpb").toString();
    private static final String PROTO = "src/main/proto";

    @TempDir
    Path copy;

    @Test
    void followsTheStyleRules() throws Exception {
        assertThat(lint(MODULE)).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void breaksNoClientOfTheLastRelease() throws Exception {
        assertThat(compare(MODULE)).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void refusesAFieldWithoutCommentAndInCamelCase() throws Exception {
        copyApi();
        change(
                "graft/v1/job.proto",
                "  // Resource name: `tenants/{tenant}/jobs/{job}`. Assigned by the service.\n  string name = 1;",
                "string theName = 1;");

        assertThat(lint(copy).exitCode()).isEqualTo(100);
        assertThat(lint(copy).output()).contains("job.proto", "lower_snake_case", "non-empty comment");
    }

    @Test
    void refusesAFieldThatIsGone() throws Exception {
        copyApi();
        change("graft/v1/job.proto", "  string name = 1;", "");

        assertThat(compare(copy).exitCode()).isEqualTo(100);
        assertThat(compare(copy).output()).contains("job.proto", "Previously present field \"1\" with name \"name\"");
    }

    @Test
    void refusesAFieldOfAnotherType() throws Exception {
        copyApi();
        change("graft/v1/job.proto", "  int32 attempt = 11;", "  string attempt = 11;");

        assertThat(compare(copy).exitCode()).isEqualTo(100);
        assertThat(compare(copy).output()).contains("attempt");
    }

    private static Outcome lint(Path folder) throws IOException, InterruptedException {
        return new Buf(folder).run("lint", PROTO);
    }

    private static Outcome compare(Path folder) throws IOException, InterruptedException {
        return new Buf(folder).run("breaking", PROTO, "--against", RELEASED);
    }

    private void change(String file, String from, String to) throws IOException {
        Path changed = copy.resolve(PROTO).resolve(file);
        String before = Files.readString(changed);
        assertThat(before).contains(from);
        Files.writeString(changed, before.replace(from, to));
    }

    private void copyApi() throws IOException {
        for (String part : List.of("buf.yaml", PROTO, "target/googleapis")) {
            try (Stream<Path> files = Files.walk(MODULE.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = copy.resolve(MODULE.relativize(file));
                    Files.createDirectories(target.resolveSibling(""));
                    Files.copy(file, target);
                }
            }
        }
    }
}
