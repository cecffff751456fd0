package io.graft.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.FailureReason;
import io.graft.v1.JobFailure;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "TENSOR_MISMATCH, USER_ERROR, 42",
        "ZERO_UPDATE, USER_ERROR, 42",
        "NON_FINITE_WEIGHTS, DATA, 42",
        "MALFORMED_SAFETENSORS, DATA, 42",
        "DIGEST_MISMATCH, DATA, 1",
        "NOT_FOUND, DATA, 1",
        "DISK_SPACE, INFRASTRUCTURE, 1",
        "STORAGE_UNAVAILABLE, INFRASTRUCTURE, 1",
        "INTERNAL, INFRASTRUCTURE, 1"
    })
    void codeDecidesReasonAndExit(ErrorCode code, String reason, int exit) {
        JobFailure failure = Failures.of(new GraftException(code, "why", Map.of("tensor", "w")));

        assertThat(failure.getReason().name()).isEqualTo("FAILURE_REASON_" + reason);
        assertThat(failure.getCode()).isEqualTo(code.name());
        assertThat(failure.getMetadataMap()).containsEntry("tensor", "w");
        assertThat(Failures.exitCode(failure)).isEqualTo(new ExitCode(exit));
    }

    @Test
    void fullDiskIsNamed() {
        JobFailure failure = Failures.of(new IOException("No space left on device"));

        assertThat(failure.getCode()).isEqualTo("DISK_SPACE");
    }

    @Test
    void outOfMemoryIsNotTriedAgain() {
        JobFailure failure = Failures.of(new OutOfMemoryError("Java heap space"));

        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_OUT_OF_MEMORY);
        assertThat(failure.getMessage()).contains("Java heap space");
    }

    @Test
    void unexpectedFailureShowsNothingButItsLogId() {
        JobFailure failure = Failures.of(new IllegalStateException("at /secret/path"));

        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_INFRASTRUCTURE);
        assertThat(failure.getCode()).isEqualTo("INTERNAL");
        assertThat(failure.getMessage())
                .contains(failure.getMetadataOrThrow("log_id"))
                .doesNotContain("/secret");
    }

    @Test
    void leavingIsPreemption() {
        JobFailure failure = Failures.of(new StoppedException());

        assertThat(failure.getReason()).isEqualTo(FailureReason.FAILURE_REASON_PREEMPTED);
        assertThat(Failures.exitCode(failure)).isEqualTo(ExitCode.TERMINATED);
    }
}
