package io.graft.engine.evaluation;

import io.graft.platform.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void moduleKeepsTheRules() {
        ArchitectureRules.checkModuleOf(ArchitectureTest.class);
    }
}
