package io.graft.platform.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRuleTest {
    @TempDir
    Path folder;

    @Test
    void refusesAFileOfMoreThan500Lines() throws IOException {
        PlantedSources.write(
                folder, "class Long {" + "\n".repeat(499) + "}", "class TooLong {" + "\n".repeat(500) + "}");

        assertThat(SourceRule.allViolations(folder))
                .singleElement()
                .asString()
                .contains("TooLong.java has 501 lines", "split it");
    }

    @Test
    void refusesAMethodOfMoreThan60Lines() throws IOException {
        PlantedSources.write(
                folder,
                "class Planted {\n void fits() {" + "\n".repeat(59) + "}\n void tooLong() {" + "\n".repeat(60)
                        + "}\n}");

        assertThat(SourceRule.allViolations(folder))
                .singleElement()
                .asString()
                .contains("Planted.java:62", "tooLong has 61 lines", "name its steps");
    }

    @Test
    void takesATableOfCasesInATest() throws IOException {
        PlantedSources.write(
                folder.resolve("src/test/java"), "class PlantedTest {\n void cases() {" + "\n".repeat(60) + "}\n}");

        assertThat(SourceRule.allViolations(folder)).isEmpty();
    }

    @Test
    void findsNothingWhereThereIsNothing() throws IOException {
        assertThat(SourceRule.allViolations(folder.resolve("absent"))).isEmpty();
    }
}
