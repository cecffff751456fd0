package io.graft.platform.jobs;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.launch.ExitCode;
import io.graft.platform.launch.WorkerStatus;
import io.graft.v1.FailureReason;
import io.graft.v1.JobFailure;

/** What the end of a worker that said nothing means for its job. */
final class Exits {
    private Exits() {}

    static JobFailure failure(WorkerStatus.Exited exited) {
        ExitCode code = exited.code();
        if (exited.outOfMemory()) {
            return failure(
                    FailureReason.FAILURE_REASON_OUT_OF_MEMORY,
                    ErrorCode.OUT_OF_MEMORY,
                    "The worker ran out of memory; give workers more with graft.worker.memory");
        }
        if (code.equals(ExitCode.USER_FAULT)) {
            return failure(
                    FailureReason.FAILURE_REASON_USER_ERROR,
                    ErrorCode.INVALID_REQUEST,
                    "The worker refused the job and its reason was lost; the attempt's log has it");
        }
        if (code.equals(ExitCode.TERMINATED)) {
            return failure(
                    FailureReason.FAILURE_REASON_PREEMPTED, ErrorCode.WORKER_LOST, "The worker was asked to leave");
        }
        if (code.equals(ExitCode.UNKNOWN)) {
            return lost("The worker ended unseen");
        }
        return lost("The worker ended with code " + code.value() + " and without output; the attempt's log says more");
    }

    static JobFailure lost(String message) {
        return failure(FailureReason.FAILURE_REASON_INFRASTRUCTURE, ErrorCode.WORKER_LOST, message);
    }

    static JobFailure damagedManifest(GraftException e) {
        return failure(FailureReason.FAILURE_REASON_INFRASTRUCTURE, e.code(), e.getMessage());
    }

    private static JobFailure failure(FailureReason reason, ErrorCode code, String message) {
        return JobFailure.newBuilder()
                .setReason(reason)
                .setCode(code.name())
                .setMessage(message)
                .build();
    }
}
