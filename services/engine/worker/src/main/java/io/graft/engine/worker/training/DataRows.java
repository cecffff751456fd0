package io.graft.engine.worker.training;

import io.graft.engine.data.ColumnRoles;
import io.graft.engine.data.Example;
import io.graft.engine.data.ExampleReader;
import io.graft.engine.data.ExampleRows;
import io.graft.engine.data.HoldoutSplit;
import io.graft.engine.data.InputReader;
import io.graft.engine.data.Limits;
import io.graft.engine.data.bpe.WordCounts;
import io.graft.engine.pruning.KeptSamples;
import io.graft.platform.datasets.row.Row;
import io.graft.v1.DataColumns;
import io.graft.v1.Holdout;
import io.graft.v1.LongRows;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a specification names, in a folder that holds their data set version.
 *
 * @param chosen which rows of the split there are; null for all
 */
public record DataRows(
        Path folder,
        TrainingData data,
        int maxLength,
        LongRows longRows,
        long seed,
        @Nullable KeptSamples chosen) {
    public DataRows(Path folder, TrainingData data, int maxLength, LongRows longRows, long seed) {
        this(folder, data, maxLength, longRows, seed, null);
    }

    /** The same, as if the split had some of its rows only. */
    DataRows only(KeptSamples rows) {
        return new DataRows(folder, data, maxLength, longRows, seed, rows);
    }

    /** Reads one split. */
    @FunctionalInterface
    public interface Reader {
        List<Example> read(String split, Limits limits) throws IOException;
    }

    /** What the columns mean. */
    public ColumnRoles roles() {
        DataColumns columns = data.getColumns();
        return new ColumnRoles(
                columns.getText(),
                columns.getTextPair(),
                columns.getLabel(),
                columns.getPrompt(),
                columns.getCompletion(),
                columns.getMessages(),
                columns.getImage(),
                columns.getNegative());
    }

    /** Whether each row is a picture. */
    public boolean arePictures() {
        return !data.getColumns().getImage().isEmpty();
    }

    /** Names of the labels, in order: those that the specification tells, else those that are found. */
    public List<String> classes() throws IOException {
        return ExampleReader.classes(folder, data.getSplit(), roles(), data.getClassesList(), data.getMaxRows());
    }

    /** What a new tokenizer learns from. */
    WordCounts words() throws IOException {
        WordCounts counts = new WordCounts();
        ExampleReader.texts(folder, data.getSplit(), roles(), data.getMaxRows(), counts::add);
        return counts;
    }

    /** The rows to learn from, and those that are kept back. */
    public HoldoutSplit split(Reader reader) throws IOException {
        List<Example> all = chosen(reader.read(data.getSplit(), limits(data.getMaxRows())));
        Holdout holdout = data.getHoldout();
        return switch (holdout.getChoiceCase()) {
            case FRACTION ->
                HoldoutSplit.byFraction(all, holdout.getFraction(), holdout.hasSeed() ? holdout.getSeed() : seed);
            case SPLIT -> new HoldoutSplit(all, reader.read(holdout.getSplit(), limits(0)));
            case CHOICE_NOT_SET -> new HoldoutSplit(all, List.of());
        };
    }

    private List<Example> chosen(List<Example> all) {
        KeptSamples some = chosen;
        return some == null ? all : some.indices().mapToObj(all::get).toList();
    }

    /** Goes over every row of the split, those that are kept back among them. */
    void every(Sink sink) throws IOException {
        int[] next = new int[1];
        ExampleRows.forEach(
                folder, data.getSplit(), List.of(), data.getMaxRows(), (row, rows) -> sink.take(next[0]++, row));
    }

    /**
     * The rows that are learnt from, by index within the split: those that are not kept back.
     *
     * @param count rows of the split
     */
    public BitSet learnt(int count) {
        BitSet learnt = new BitSet();
        learnt.set(0, count);
        Holdout holdout = data.getHoldout();
        if (holdout.hasFraction()) {
            learnt.andNot(
                    InputReader.heldBack(count, holdout.getFraction(), holdout.hasSeed() ? holdout.getSeed() : seed));
        }
        return learnt;
    }

    /** Takes rows as they are in the files. */
    @FunctionalInterface
    public interface Sink {
        /** Takes a row; {@code position} counts them from 0. */
        void take(int position, Row row);
    }

    /**
     * Some of the rows of one split.
     *
     * @param rows the split as a whole, with nothing kept back
     * @param left out, by index in the split; not to be changed
     */
    public record Part(DataRows rows, BitSet left) {}

    /** The rows that an evaluation measures on: those that are kept back, or all where none are. */
    public Part held() throws IOException {
        Holdout holdout = data.getHoldout();
        BitSet left = new BitSet();
        if (holdout.hasFraction()) {
            BitSet kept = heldBack(holdout);
            left.set(0, InputReader.count(folder, data.getSplit(), data.getMaxRows()));
            left.andNot(kept);
        }
        return new Part(
                holdout.hasSplit() ? whole(holdout.getSplit(), 0) : whole(data.getSplit(), data.getMaxRows()), left);
    }

    /** The rows that are learnt from: those that are not kept back. */
    public Part learnt() throws IOException {
        Holdout holdout = data.getHoldout();
        return new Part(
                whole(data.getSplit(), data.getMaxRows()), holdout.hasFraction() ? heldBack(holdout) : new BitSet());
    }

    private BitSet heldBack(Holdout holdout) throws IOException {
        return InputReader.heldBack(
                InputReader.count(folder, data.getSplit(), data.getMaxRows()),
                holdout.getFraction(),
                holdout.hasSeed() ? holdout.getSeed() : seed);
    }

    private DataRows whole(String split, long most) {
        TrainingData all =
                data.toBuilder().setSplit(split).setMaxRows(most).clearHoldout().build();
        return new DataRows(folder, all, maxLength, longRows, seed);
    }

    /** Goes over the rows that an evaluation measures on: those that are kept back, or all where none are. */
    public void measured(Sink sink) throws IOException {
        Part part = held();
        TrainingData of = part.rows().data();
        int[] next = new int[2];
        ExampleRows.forEach(folder, of.getSplit(), List.of(), of.getMaxRows(), (row, rows) -> {
            if (!part.left().get(next[0]++)) {
                sink.take(next[1]++, row);
            }
        });
    }

    /** How much is read of each row, and how many; at least two tokens, which pictures do not have. */
    Limits limits() {
        return new Limits(Math.max(2, maxLength), longRows == LongRows.LONG_ROWS_TRUNCATE, data.getMaxRows());
    }

    private Limits limits(long maxRows) {
        return new Limits(maxLength, longRows == LongRows.LONG_ROWS_TRUNCATE, maxRows);
    }
}
