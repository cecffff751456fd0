package io.graft.platform.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import io.graft.platform.event.EventTypes;
import io.graft.v1.AttemptReported;
import io.graft.v1.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fails when a page differs from the code; with {@code -Dgraft.reference.write=true} it writes the page instead. */
class ReferencePagesTest {
    private static final Path REPOSITORY = Path.of("../../..");

    @Test
    void errorsAreCurrent() throws IOException {
        check("errors.md", ErrorsPage.of(REPOSITORY));
    }

    @Test
    void configurationIsCurrent() throws IOException {
        check("configuration.md", ConfigurationPage.of(REPOSITORY));
    }

    @Test
    void eventsNameEveryTypeWithItsTopic() throws IOException {
        Stream<Descriptor> payloads = Stream.concat(
                Event.getDescriptor().getMessageTypes().stream(), Stream.of(AttemptReported.getDescriptor()));

        assertThat(payloads.map(Descriptor::getFullName).map(EventTypes::find))
                .allSatisfy(type -> assertThat(REPOSITORY.resolve("docs/reference/events.md"))
                        .content()
                        .contains("| `" + type.orElseThrow().topic() + "` | `"
                                + type.orElseThrow().name() + "` |"));
    }

    private static void check(String name, String expected) throws IOException {
        Path page = REPOSITORY.resolve("docs/reference").resolve(name);
        if (Boolean.getBoolean("graft.reference.write")) {
            Files.writeString(page, expected);
        }
        assertThat(page)
                .as(
                        "%s is written from the code: run mvn -pl services/platform/testkit -am test"
                                + " -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dgraft.reference.write=true",
                        name)
                .content()
                .isEqualTo(expected);
    }
}
