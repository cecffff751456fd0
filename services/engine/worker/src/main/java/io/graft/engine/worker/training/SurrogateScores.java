package io.graft.engine.worker.training;

import io.graft.engine.data.DataException;
import io.graft.engine.data.Input;
import io.graft.engine.data.InputReader;
import io.graft.engine.data.Limits;
import io.graft.engine.data.TextTokenizer;
import io.graft.engine.pruning.Rows;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.worker.JobRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a surrogate over rows and keeps what a method of pruning wants of them; holds one batch in memory. */
final class SurrogateScores {
    private final JobRun run;
    private final Surrogate surrogate;
    private final Path folder;
    private final @Nullable TextTokenizer tokenizer;
    private final int batchSize;
    private final Set<RowsOf> wanted;
    private final Map<RowsOf, SpooledRows> spooled = new EnumMap<>(RowsOf.class);
    private final List<Input> batch = new ArrayList<>();

    /**
     * Scores.
     *
     * @param folder of the surrogate
     * @param tokenizer null for pictures
     * @param wanted what is kept
     */
    SurrogateScores(
            JobRun run,
            Surrogate surrogate,
            Path folder,
            @Nullable TextTokenizer tokenizer,
            int batchSize,
            Set<RowsOf> wanted) {
        this.run = run;
        this.surrogate = surrogate;
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.batchSize = batchSize;
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
        InputReader.Sink sink = (index, input) -> {
            if (!left.get(index)) {
                take(input, ofSource, scratch);
            }
        };
        if (tokenizer == null) {
            InputReader.pictures(rows.folder(), rows.data().getSplit(), rows.roles(), limits, folder, sink);
        } else {
            InputReader.texts(rows.folder(), rows.data().getSplit(), rows.roles(), tokenizer, limits, sink);
        }
        flush(ofSource, scratch);
        for (Map.Entry<RowsOf, SpooledRows> each : spooled.entrySet()) {
            if (each.getKey().ofSource() == ofSource) {
                each.getValue().close();
            }
        }
    }

    private void take(Input input, boolean ofSource, Path scratch) throws IOException {
        if (!batch.isEmpty() && !sameSize(batch.getFirst(), input)) {
            throw new DataException("Pictures have several sizes, but the surrogate's preprocessor_config.json does not"
                    + " resize them. Save all in one size.");
        }
        batch.add(input);
        if (batch.size() == batchSize) {
            flush(ofSource, scratch);
        }
    }

    private static boolean sameSize(Input one, Input other) {
        return !(one instanceof Input.Pixels first)
                || !(other instanceof Input.Pixels second)
                || (first.channels() == second.channels()
                        && first.height() == second.height()
                        && first.width() == second.width());
    }

    private void flush(boolean ofSource, Path scratch) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        run.stop().check();
        Surrogate.Outputs outputs = surrogate.run(batch);
        int rows = batch.size();
        keep(ofSource ? RowsOf.SOURCE_LOGITS : RowsOf.TARGET_LOGITS, outputs.logits(), rows, scratch);
        keep(ofSource ? RowsOf.SOURCE_FEATURES : RowsOf.TARGET_FEATURES, outputs.features(), rows, scratch);
        run.progress().advance(rows);
        batch.clear();
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
