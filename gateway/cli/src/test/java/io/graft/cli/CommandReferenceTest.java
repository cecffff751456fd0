package io.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide lists every command and option as they are; {@code -Dgraft.reference.write=true} writes it anew. */
class CommandReferenceTest {
    private static final String BEGIN = "<!-- reference: written from the commands, do not edit below -->\n";

    @Test
    void theGuideShowsTheCommandsAsTheyAre() throws IOException, URISyntaxException {
        Path guide = Path.of(CommandReferenceTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("../../../../docs/guides/command-line.md")
                .normalize();
        String text = Files.readString(guide);
        int end = text.indexOf(BEGIN) + BEGIN.length();
        assertThat(end).as("the guide has the marker").isGreaterThan(BEGIN.length());
        String expected = text.substring(0, end) + "\n" + CommandReference.markdown();
        if (Boolean.getBoolean("graft.reference.write")) {
            Files.writeString(guide, expected);
        }
        assertThat(Files.readString(guide))
                .as("run: mvn -pl gateway/cli test -Dtest=CommandReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dgraft.reference.write=true")
                .isEqualTo(expected);
    }
}
