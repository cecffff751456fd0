package io.graft.engine.worker;

import io.graft.platform.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class WorkerArchitectureTest {
    @Test
    void moduleKeepsTheRules() {
        ArchitectureRules.checkModuleOf(WorkerArchitectureTest.class);
    }
}
