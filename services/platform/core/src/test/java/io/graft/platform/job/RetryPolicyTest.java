package io.graft.platform.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.v1.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(5));

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void triesAgainOnlyWhatMayPass(FailureReason reason) {
        boolean mayPass = reason == FailureReason.FAILURE_REASON_INFRASTRUCTURE
                || reason == FailureReason.FAILURE_REASON_PREEMPTED;

        assertThat(policy.retries(reason, 1)).isEqualTo(mayPass);
    }

    @Test
    void stopsAfterTheLastAttempt() {
        assertThat(policy.retries(FailureReason.FAILURE_REASON_INFRASTRUCTURE, 2))
                .isTrue();
        assertThat(policy.retries(FailureReason.FAILURE_REASON_INFRASTRUCTURE, 3))
                .isFalse();
    }

    @Test
    void doublesTheDelayUpToTheLongest() {
        assertThat(policy.delayAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.delayAfter(2)).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.delayAfter(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(policy.delayAfter(4)).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.delayAfter(1000)).isEqualTo(Duration.ofSeconds(5));
    }
}
