package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.artifact.CommitStep;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FailpointTest {
    @Test
    void hitsItsStepInEveryAttemptOrInOne() {
        assertThat(failpoint("AFTER_OBJECT", 3).hits(CommitStep.AFTER_OBJECT)).isTrue();
        assertThat(failpoint("AFTER_OBJECT", 3).hits(CommitStep.BEFORE_UPLOAD)).isFalse();
        assertThat(failpoint("AFTER_OBJECT@3", 3).hits(CommitStep.AFTER_OBJECT)).isTrue();
        assertThat(failpoint("AFTER_OBJECT@1", 3).hits(CommitStep.AFTER_OBJECT)).isFalse();
    }

    @Test
    void isOffByDefault() {
        for (CommitStep step : CommitStep.values()) {
            assertThat(Failpoint.fromEnvironment(Map.of(), 1).hits(step)).isFalse();
        }
    }

    private static Failpoint failpoint(String value, int attempt) {
        return Failpoint.fromEnvironment(Map.of("GRAFT_FAILPOINT", value), attempt);
    }
}
