package io.graft.engine.worker.training;

import io.graft.engine.training.TrainingListener;
import io.graft.engine.worker.JobRun;
import java.nio.file.Path;
import java.util.Map;

/** Hears a run of which nothing is kept but what it shows. */
record TrialReports(JobRun run) implements TrainingListener {
    @Override
    public void progress(long step, Map<String, Double> metrics) {
        run.progress().measured(metrics);
    }

    @Override
    public void evaluated(long step, Map<String, Double> metrics) {
        run.progress().measured(metrics);
    }

    /** The state that a run leaves behind goes with the attempt's scratch space: a trial begins anew. */
    @Override
    public void checkpoint(long step, Path folder) {}

    @Override
    public boolean stopRequested() {
        return run.stop().isRequested();
    }
}
