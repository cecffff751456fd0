package io.graft.pipelines;

import io.graft.platform.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void followsTheRules() {
        ArchitectureRules.checkModuleOf(ArchitectureTest.class);
    }
}
