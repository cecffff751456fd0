package io.graft.engine.worker;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.launch.ExitCode;
import io.graft.v1.FailureReason;
import io.graft.v1.JobFailure;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a thrown failure means for the job, and for the process's exit code. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static JobFailure of(Throwable thrown) {
        return switch (thrown) {
            case GraftException e ->
                failure(reason(e.code()), e.code().name(), e.getMessage())
                        .putAllMetadata(e.metadata())
                        .build();
            case StoppedException e ->
                failure(FailureReason.FAILURE_REASON_PREEMPTED, ErrorCode.WORKER_LOST.name(), e.getMessage())
                        .build();
            case OutOfMemoryError e ->
                failure(
                                FailureReason.FAILURE_REASON_OUT_OF_MEMORY,
                                ErrorCode.OUT_OF_MEMORY.name(),
                                "The worker ran out of memory (" + e.getMessage() + "); give workers more")
                        .build();
            case IOException e
            when isDiskFull(e) ->
                failure(
                                FailureReason.FAILURE_REASON_INFRASTRUCTURE,
                                ErrorCode.DISK_SPACE.name(),
                                "The worker's disk is full; free some space or give workers a larger disk")
                        .build();
            default -> unexpected(thrown);
        };
    }

    /** The exit code that goes with a failure. */
    static ExitCode exitCode(JobFailure failure) {
        boolean storedBytesAreOurs = failure.getCode().equals(ErrorCode.DIGEST_MISMATCH.name())
                || failure.getCode().equals(ErrorCode.NOT_FOUND.name());
        return switch (failure.getReason()) {
            case FAILURE_REASON_USER_ERROR -> ExitCode.USER_FAULT;
            case FAILURE_REASON_DATA -> storedBytesAreOurs ? ExitCode.FAILED : ExitCode.USER_FAULT;
            case FAILURE_REASON_PREEMPTED -> ExitCode.TERMINATED;
            case FAILURE_REASON_OUT_OF_MEMORY,
                    FAILURE_REASON_INFRASTRUCTURE,
                    FAILURE_REASON_DIVERGED,
                    FAILURE_REASON_DEADLINE,
                    FAILURE_REASON_UNSPECIFIED,
                    UNRECOGNIZED -> ExitCode.FAILED;
        };
    }

    private static FailureReason reason(ErrorCode code) {
        if (code == ErrorCode.DIVERGED) {
            return FailureReason.FAILURE_REASON_DIVERGED;
        }
        if (isAboutData(code)) {
            return FailureReason.FAILURE_REASON_DATA;
        }
        return switch (code.category()) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION, NOT_FOUND, ALREADY_EXISTS, UNAUTHENTICATED, PERMISSION_DENIED ->
                FailureReason.FAILURE_REASON_USER_ERROR;
            case DATA_LOSS -> FailureReason.FAILURE_REASON_DATA;
            case ABORTED, RESOURCE_EXHAUSTED, UNAVAILABLE, UNIMPLEMENTED, INTERNAL ->
                FailureReason.FAILURE_REASON_INFRASTRUCTURE;
        };
    }

    private static boolean isAboutData(ErrorCode code) {
        return code == ErrorCode.NON_FINITE_WEIGHTS
                || code == ErrorCode.NON_FINITE_SCORES
                || code == ErrorCode.MALFORMED_SAFETENSORS
                || code == ErrorCode.MALFORMED_MODEL
                || code == ErrorCode.MISSING_SHARD
                || code == ErrorCode.MALFORMED_DATASET
                || code == ErrorCode.NOT_FOUND;
    }

    private static boolean isDiskFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left") || message.contains("Disk quota exceeded");
    }

    private static JobFailure unexpected(Throwable thrown) {
        String id = UUID.randomUUID().toString();
        LOG.error("Unexpected failure, log id {}", id, thrown);
        return failure(
                        FailureReason.FAILURE_REASON_INFRASTRUCTURE,
                        ErrorCode.INTERNAL.name(),
                        "The worker failed unexpectedly; the attempt's log has the details under " + id)
                .putMetadata("log_id", id)
                .build();
    }

    private static JobFailure.Builder failure(FailureReason reason, String code, String message) {
        return JobFailure.newBuilder().setReason(reason).setCode(code).setMessage(message);
    }
}
