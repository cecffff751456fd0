package io.graft.engine.worker.training;

import io.graft.engine.training.TrainingListener;
import io.graft.engine.worker.JobRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells the job's owner how a run goes, and takes its checkpoints away. */
record LoopReports(JobRun run, long steps) implements TrainingListener {
    @Override
    public void progress(long step, Map<String, Double> metrics) {
        run.progress().at(step, steps);
        run.progress().measured(metrics);
    }

    @Override
    public void evaluated(long step, Map<String, Double> metrics) {
        run.progress().measured(metrics);
    }

    @Override
    public void checkpoint(long step, Path folder) throws IOException {
        run.checkpoints().commit(step, folder);
        List<Path> files;
        try (Stream<Path> listing = Files.list(folder)) {
            files = listing.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    @Override
    public boolean stopRequested() {
        return run.stop().isRequested();
    }
}
