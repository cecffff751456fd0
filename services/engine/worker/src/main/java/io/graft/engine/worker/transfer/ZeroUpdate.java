package io.graft.engine.worker.transfer;

import io.graft.engine.weights.diagnostics.TransferDiagnostics;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;

/** Refuses an update that changes nothing: someone took the wrong version, or left out the tensors that differ. */
final class ZeroUpdate {
    private ZeroUpdate() {}

    static void refuse(TransferDiagnostics diagnostics) {
        if (diagnostics.zeroDifference()) {
            throw new GraftException(
                    ErrorCode.ZERO_UPDATE,
                    "The fine-tuned version equals its base in every tensor that takes part: there is nothing to graft;"
                            + " check the two versions, include and exclude");
        }
    }
}
