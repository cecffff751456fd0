package io.graft.engine.data;

import io.graft.engine.data.Example.LabelledPicture;
import io.graft.engine.data.TextTokenizer.Encoded;
import io.graft.platform.datasets.row.Picture;
import io.graft.platform.datasets.row.Value;
import io.graft.platform.datasets.schema.ColumnRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the rows of a data set version one by one, so that there may be more than fit into memory. Every method throws
 * {@link DataException} with up to 20 problems; a split is named as for {@link ExampleReader}.
 */
public final class InputReader {
    private InputReader() {}

    /** Takes rows. */
    @FunctionalInterface
    public interface Sink {
        /** Takes a row; {@code index} counts from 0 in the order of the files and rows. */
        void take(int index, Input input) throws IOException;
    }

    /** Texts. */
    public static void texts(
            Path folder, String split, ColumnRoles roles, TextTokenizer tokenizer, Limits limits, Sink sink)
            throws IOException {
        Tokens tokens = new Tokens(tokenizer, limits);
        String column = roles.textOrDefault();
        int[] index = new int[1];
        ExampleRows.forEach(folder, split, List.of(new ColumnRule.Words(column)), limits.maxRows(), (row, rows) -> {
            Encoded encoded = tokens.encode(rows, row, column, "");
            if (encoded != null) {
                sink.take(index[0]++, new Input.Tokens(encoded.ids()));
            }
        });
    }

    /**
     * Pictures, as the model was trained to see them.
     *
     * @param preprocessorFolder as for {@link ExampleReader#pictures}
     */
    public static void pictures(
            Path folder, String split, ColumnRoles roles, Limits limits, Path preprocessorFolder, Sink sink)
            throws IOException {
        pictures(folder, split, roles, limits, preprocessorFolder, (index, picture) -> picture, sink);
    }

    /** Changes a picture before the model's own preparation; {@code index} as for {@link Sink}. */
    @FunctionalInterface
    public interface Edit {
        /** The picture to take instead. */
        Picture edit(int index, Picture picture);
    }

    /** Pictures, as the model was trained to see them, each changed first. */
    public static void pictures(
            Path folder, String split, ColumnRoles roles, Limits limits, Path preprocessorFolder, Edit edit, Sink sink)
            throws IOException {
        PicturePreparation preparation = PicturePreparation.of(preprocessorFolder);
        String column = roles.imageOrDefault();
        int[] index = new int[1];
        ExampleRows.forEach(folder, split, List.of(new ColumnRule.Picture(column)), limits.maxRows(), (row, rows) -> {
            if (!(row.value(column) instanceof Value.Image(var picture))) {
                throw new IllegalStateException(
                        "no picture: " + row.value(column).excerpt());
            }
            LabelledPicture ready = preparation.prepare(edit.edit(index[0], picture), Example.NOT_LEARNT);
            sink.take(index[0]++, new Input.Pixels(ready.pixels(), ready.channels(), ready.height(), ready.width()));
        });
    }

    /** The index of each row's class; four bytes a row. */
    public static int[] labels(Path folder, String split, ColumnRoles roles, List<String> classes, long maxRows)
            throws IOException {
        Classes known = new Classes(classes);
        int[][] labels = {new int[1024]};
        int[] count = new int[1];
        ExampleRows.forEach(folder, split, List.of(known.rule(roles)), maxRows, (row, rows) -> {
            if (count[0] == labels[0].length) {
                labels[0] = Arrays.copyOf(labels[0], Math.multiplyExact(2, count[0]));
            }
            labels[0][count[0]++] = known.index(row.value(roles.labelOrDefault()));
        });
        return Arrays.copyOf(labels[0], count[0]);
    }

    /** How many rows there are. */
    public static int count(Path folder, String split, long maxRows) throws IOException {
        int[] count = new int[1];
        ExampleRows.forEach(folder, split, List.of(), maxRows, (row, rows) -> count[0]++);
        return count[0];
    }

    /**
     * The rows that {@link HoldoutSplit#byFraction} keeps back of so many.
     *
     * @param fraction above 0 and below 1
     */
    public static BitSet heldBack(int count, double fraction, long seed) {
        return HoldoutSplit.heldBack(count, fraction, seed);
    }
}
