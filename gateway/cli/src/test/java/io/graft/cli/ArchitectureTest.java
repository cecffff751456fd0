package io.graft.cli;

import io.graft.platform.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theModuleKeepsTheRules() {
        ArchitectureRules.checkModuleOf(ArchitectureTest.class);
    }
}
