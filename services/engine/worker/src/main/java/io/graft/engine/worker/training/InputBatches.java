package io.graft.engine.worker.training;

import io.graft.engine.data.DataException;
import io.graft.engine.data.Input;
import io.graft.engine.data.InputReader;
import io.graft.engine.data.Limits;
import io.graft.engine.data.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a model computes from, a batch at a time; one batch is held.
 *
 * @param folder of the model, for what it does to pictures
 * @param tokenizer null for pictures
 * @param batchSize rows a batch
 */
public record InputBatches(Path folder, @Nullable TextTokenizer tokenizer, int batchSize) {
    /** Takes a batch of 1 to as many rows as a batch has. The list is used again afterwards. */
    @FunctionalInterface
    public interface Sink {
        void take(List<Input> batch) throws IOException;
    }

    /**
     * Goes over some rows in order.
     *
     * @param left out, by index within the split
     * @throws DataException if pictures of a batch differ in size
     */
    public void forEach(DataRows rows, BitSet left, Limits limits, Sink sink) throws IOException {
        forEach(rows, left, limits, (index, picture) -> picture, sink);
    }

    /** The same, with each picture changed first. */
    public void forEach(DataRows rows, BitSet left, Limits limits, InputReader.Edit edit, Sink sink)
            throws IOException {
        List<Input> batch = new ArrayList<>();
        InputReader.Sink each = (index, input) -> {
            if (left.get(index)) {
                return;
            }
            requireOneSize(batch, input);
            batch.add(input);
            if (batch.size() == batchSize) {
                sink.take(batch);
                batch.clear();
            }
        };
        String split = rows.data().getSplit();
        if (tokenizer == null) {
            InputReader.pictures(rows.folder(), split, rows.roles(), limits, folder, edit, each);
        } else {
            InputReader.texts(rows.folder(), split, rows.roles(), tokenizer, limits, each);
        }
        if (!batch.isEmpty()) {
            sink.take(batch);
        }
    }

    private static void requireOneSize(List<Input> batch, Input input) {
        if (!batch.isEmpty() && !sameSize(batch.getFirst(), input)) {
            throw new DataException("Pictures have several sizes, but the model's preprocessor_config.json does not"
                    + " resize them. Save all in one size.");
        }
    }

    private static boolean sameSize(Input one, Input other) {
        return !(one instanceof Input.Pixels first)
                || !(other instanceof Input.Pixels second)
                || (first.channels() == second.channels()
                        && first.height() == second.height()
                        && first.width() == second.width());
    }
}
