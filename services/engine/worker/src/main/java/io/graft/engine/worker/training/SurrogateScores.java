package io.graft.engine.worker.training;

import io.graft.engine.data.Input;
import io.graft.engine.data.Limits;
import io.graft.engine.pruning.Rows;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.worker.JobRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a surrogate over rows and keeps what a method of pruning wants of them. */
final class SurrogateScores {
    private final JobRun run;
    private final FeatureModel surrogate;
    private final InputBatches batches;
    private final Set<RowsOf> wanted;
    private final Map<RowsOf, SpooledRows> spooled = new EnumMap<>(RowsOf.class);

    /**
     * Scores.
     *
     * @param wanted what is kept
     */
    SurrogateScores(JobRun run, FeatureModel surrogate, InputBatches batches, Set<RowsOf> wanted) {
        this.run = run;
        this.surrogate = surrogate;
        this.batches = batches;
        this.wanted = Set.copyOf(wanted);
    }

    /**
     * Runs over the rows of the source, or of the target, if anything of them is wanted.
     *
     * @param left out, by index
     * @param scratch folder for what is kept
     */
    void score(DataRows rows, boolean ofSource, BitSet left, Limits limits, Path scratch) throws IOException {
        if (wanted.stream().noneMatch(what -> what.ofSource() == ofSource)) {
            return;
        }
        batches.forEach(rows, left, limits, batch -> take(batch, ofSource, scratch));
        for (Map.Entry<RowsOf, SpooledRows> each : spooled.entrySet()) {
            if (each.getKey().ofSource() == ofSource) {
                each.getValue().close();
            }
        }
    }

    private void take(List<Input> batch, boolean ofSource, Path scratch) throws IOException {
        run.stop().check();
        FeatureModel.Outputs outputs = surrogate.run(batch);
        int rows = batch.size();
        keep(ofSource ? RowsOf.SOURCE_LOGITS : RowsOf.TARGET_LOGITS, outputs.logits(), rows, scratch);
        keep(ofSource ? RowsOf.SOURCE_FEATURES : RowsOf.TARGET_FEATURES, outputs.only(), rows, scratch);
        run.progress().advance(rows);
    }

    private void keep(RowsOf what, float[] numbers, int rows, Path scratch) throws IOException {
        if (!wanted.contains(what)) {
            return;
        }
        SpooledRows into = spooled.get(what);
        if (into == null) {
            into = new SpooledRows(scratch.resolve(what.name()), numbers.length / rows);
            spooled.put(what, into);
        }
        into.add(numbers);
    }

    /** Everything that was kept. */
    Map<RowsOf, Rows> rows() {
        return Map.copyOf(spooled);
    }
}
