package io.graft.engine.worker.representation;

import io.graft.engine.data.InputReader;
import io.graft.engine.data.Limits;
import io.graft.engine.worker.training.DataRows;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.LongRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of a target that models are scored on. Arrays are not copied and not to be changed.
 *
 * @param rows all of them
 * @param chosen by index within the split
 * @param labels one a chosen row, in order: indices into {@code classes}
 * @param classes those that a chosen row has
 */
record TargetRows(DataRows rows, BitSet chosen, int[] labels, List<String> classes) {
    private static final int LEAST_LENGTH = 2;
    private static final int LEAST_CLASSES = 2;
    private static final int SHOWN = 20;

    TargetRows {
        classes = List.copyOf(classes);
    }

    /**
     * Draws rows of those that are learnt from.
     *
     * @param most rows at most
     * @throws GraftException {@code MALFORMED_DATASET} if they are of one class only
     */
    static TargetRows draw(DataRows rows, int most, long seed) throws IOException {
        String split = rows.data().getSplit();
        long limit = rows.data().getMaxRows();
        int[] all = InputReader.labels(rows.folder(), split, rows.roles(), rows.classes(), limit);
        BitSet chosen = RowDraw.of(rows.learnt(all.length), most, seed);
        int[] labels = chosen.stream().map(row -> all[row]).toArray();
        TreeSet<Integer> occurring = IntStream.of(labels).boxed().collect(Collectors.toCollection(TreeSet::new));
        if (occurring.size() < LEAST_CLASSES) {
            throw new GraftException(
                    ErrorCode.MALFORMED_DATASET,
                    "The " + labels.length + " rows to score on have " + occurring.size()
                            + " class; name rows of two or more");
        }
        Map<Integer, Integer> places = new HashMap<>();
        List<String> classes = new ArrayList<>();
        List<String> names = rows.classes();
        for (int label : occurring) {
            places.put(label, classes.size());
            classes.add(names.get(label));
        }
        return new TargetRows(
                rows,
                chosen,
                IntStream.of(labels).map(label -> places.getOrDefault(label, 0)).toArray(),
                classes);
    }

    /**
     * Requires more rows of each class than a neighbour's rank.
     *
     * @throws GraftException {@code MALFORMED_DATASET} listing the classes that have too few
     */
    void requireMoreThan(int k) {
        int[] sizes = sizes();
        List<String> small = IntStream.range(0, sizes.length)
                .filter(label -> sizes[label] <= k)
                .mapToObj(label -> classes.get(label) + " (" + sizes[label] + ")")
                .toList();
        if (!small.isEmpty()) {
            String more = small.size() > SHOWN ? " and " + (small.size() - SHOWN) + " more" : "";
            throw new GraftException(
                    ErrorCode.MALFORMED_DATASET,
                    "TMI with k=" + k + " needs more than " + k + " rows of each class; too few have "
                            + small.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more
                            + ". Add rows, leave those classes out, draw more rows, or take a smaller k",
                    Map.of("k", Integer.toString(k), "classes", Integer.toString(small.size())));
        }
    }

    /** Rows of each class. */
    int[] sizes() {
        int[] sizes = new int[classes.size()];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    int count() {
        return labels.length;
    }

    /** The rows before the last chosen one that are not chosen. */
    BitSet left() {
        BitSet left = new BitSet();
        left.set(0, chosen.length());
        left.andNot(chosen);
        return left;
    }

    /** How far the split is read. */
    Limits limits() {
        return new Limits(
                Math.max(LEAST_LENGTH, rows.maxLength()),
                rows.longRows() != LongRows.LONG_ROWS_REFUSE,
                chosen.length());
    }
}
