package io.graft.engine.worker.training;

import io.graft.engine.data.ColumnRoles;
import io.graft.engine.data.Example;
import io.graft.engine.data.ExampleReader;
import io.graft.engine.data.ExampleRows;
import io.graft.engine.data.HoldoutSplit;
import io.graft.engine.data.InputReader;
import io.graft.engine.data.Limits;
import io.graft.engine.data.bpe.WordCounts;
import io.graft.platform.datasets.row.Row;
import io.graft.v1.DataColumns;
import io.graft.v1.Holdout;
import io.graft.v1.LongRows;
import io.graft.v1.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/** The rows that a specification names, in a folder that holds their data set version. */
public record DataRows(Path folder, TrainingData data, int maxLength, LongRows longRows, long seed) {
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
        List<Example> all = reader.read(data.getSplit(), limits(data.getMaxRows()));
        Holdout holdout = data.getHoldout();
        return switch (holdout.getChoiceCase()) {
            case FRACTION ->
                HoldoutSplit.byFraction(all, holdout.getFraction(), holdout.hasSeed() ? holdout.getSeed() : seed);
            case SPLIT -> new HoldoutSplit(all, reader.read(holdout.getSplit(), limits(0)));
            case CHOICE_NOT_SET -> new HoldoutSplit(all, List.of());
        };
    }

    /** Takes rows as they are in the files. */
    @FunctionalInterface
    public interface Sink {
        /** Takes a row; {@code position} counts the rows that are measured on, from 0. */
        void take(int position, Row row);
    }

    /** Goes over the rows that an evaluation measures on: those that are kept back, or all where none are. */
    public void measured(Sink sink) throws IOException {
        Holdout holdout = data.getHoldout();
        boolean isSplit = holdout.hasSplit();
        String split = isSplit ? holdout.getSplit() : data.getSplit();
        long most = isSplit ? 0 : data.getMaxRows();
        BitSet left = new BitSet();
        if (holdout.hasFraction()) {
            int count = InputReader.count(folder, split, most);
            left.set(0, count);
            left.andNot(
                    InputReader.heldBack(count, holdout.getFraction(), holdout.hasSeed() ? holdout.getSeed() : seed));
        }
        int[] next = new int[2];
        ExampleRows.forEach(folder, split, List.of(), most, (row, rows) -> {
            if (!left.get(next[0]++)) {
                sink.take(next[1]++, row);
            }
        });
    }

    private Limits limits(long maxRows) {
        return new Limits(maxLength, longRows == LongRows.LONG_ROWS_TRUNCATE, maxRows);
    }
}
