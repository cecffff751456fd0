package io.graft.platform.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Fails when a page differs from the code; with {@code -Dgraft.docs=write} it writes the page instead. */
class ReferencePagesTest {
    private static final Path REPOSITORY = Path.of("../../..");

    @Test
    void errorsAreCurrent() throws IOException {
        check("errors.md", ErrorsPage.of(REPOSITORY));
    }

    private static void check(String name, String expected) throws IOException {
        Path page = REPOSITORY.resolve("docs/reference").resolve(name);
        if (System.getProperty("graft.docs", "").equals("write")) {
            Files.writeString(page, expected);
        }
        assertThat(page)
                .as(
                        "%s is written from the code: run mvn -pl services/platform/testkit -am test"
                                + " -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dgraft.docs=write",
                        name)
                .content()
                .isEqualTo(expected);
    }
}
