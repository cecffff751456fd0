package io.graft.platform.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureRulesTest {
    @TempDir
    Path folder;

    @Test
    void testkitKeepsTheRules() {
        ArchitectureRules.checkModuleOf(ArchitectureRulesTest.class);
    }

    /** The kernel can't have this test itself: it comes before the testkit. */
    @Test
    void coreKeepsTheRules() {
        ArchitectureRules.checkModule(Path.of("../core"));
    }

    @Test
    void namesEveryViolationAtOnce() throws IOException {
        PlantedSources.compile(
                folder, "package io.graft.util; class Planted { void tooLong() {" + "\n".repeat(60) + "} }");

        assertThatThrownBy(() -> ArchitectureRules.checkModule(folder))
                .hasMessageContaining("PACKAGES_SAY_WHAT_THEY_ARE_ABOUT")
                .hasMessageContaining("CLASSES_ARE_CLOSED")
                .hasMessageContaining("tooLong has 61 lines");
    }

    @Test
    void refusesAModuleWithoutClasses() {
        assertThatThrownBy(() -> ArchitectureRules.checkModule(folder)).hasMessageContaining("nothing to check");
    }
}
