package io.graft.gateway.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.gateway.openapi.Comments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ApiReferenceTest {
    private static final Path FILE = Path.of("../../docs/reference/api.md");
    private static final String WRITE = "graft.reference.write";

    @Test
    void theReferenceIsWhatTheProtoFilesSay() throws IOException {
        String markdown = ApiReference.markdown();
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, markdown);
        }
        assertThat(FILE)
                .as(
                        "run: mvn -pl proto,gateway/server test -Dtest=ApiReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                                + WRITE + "=true")
                .exists()
                .content()
                .isEqualTo(markdown);
    }

    @Test
    void everyMessageAndEnumHasAPlace() {
        String markdown = ApiReference.markdown();
        assertThat(Comments.files()).isNotEmpty().allSatisfy(file -> {
            assertThat(file.getMessageTypeList())
                    .allSatisfy(type -> assertThat(markdown).contains("\n### " + type.getName() + "\n"));
            assertThat(file.getEnumTypeList())
                    .allSatisfy(type -> assertThat(markdown).contains("\n### " + type.getName() + "\n"));
        });
    }
}
