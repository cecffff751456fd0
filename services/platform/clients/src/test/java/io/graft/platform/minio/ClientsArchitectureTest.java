package io.graft.platform.minio;

import io.graft.platform.testkit.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

final class ClientsArchitectureTest {
    @Test
    void moduleKeepsTheRules() {
        ArchitectureRules.checkModuleOf(ClientsArchitectureTest.class);
    }
}
