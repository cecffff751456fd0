package io.graft.engine.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Who hears how a run goes. Called on the run's own thread. */
public interface TrainingListener {
    /**
     * So many steps are done.
     *
     * @param metrics {@code loss} (mean since the last report), {@code learning_rate}, {@code grad_norm}, {@code epoch},
     *     {@code tokens_per_second} or {@code rows_per_second}, {@code memory_bytes}
     */
    void progress(long step, Map<String, Double> metrics);

    /** An evaluation is done; the metrics' names begin with {@code eval_}. */
    void evaluated(long step, Map<String, Double> metrics);

    /**
     * A checkpoint is complete.
     *
     * @param folder holds it until this call returns
     */
    void checkpoint(long step, Path folder) throws IOException;

    /** Whether to take a checkpoint now and leave. Asked between steps and between batches of an evaluation. */
    boolean stopRequested();
}
