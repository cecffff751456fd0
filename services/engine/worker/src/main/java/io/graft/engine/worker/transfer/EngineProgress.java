package io.graft.engine.worker.transfer;

import io.graft.engine.weights.pipeline.TransferProgress;
import io.graft.engine.worker.JobRun;

/** Connects the engine with the attempt's progress and with the request to leave. */
record EngineProgress(JobRun run) implements TransferProgress {
    @Override
    public void advanced(long bytesDone, long bytesTotal) {
        run.progress().at(bytesDone, bytesTotal);
    }

    @Override
    public boolean isCancelled() {
        return run.stop().isRequested();
    }
}
