package io.graft.engine.pruning.coreset;

import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import java.util.Arrays;

/**
 * The exact median of each coordinate in each class. Holds the rows of as many classes at a time as the buffer has room
 * for, at least of one, and reads all rows for each such group.
 */
final class ClassMedians {
    private final PruningInputs inputs;
    private final SourceSamples source;
    private final int width;
    private final long bufferBytes;

    ClassMedians(PruningInputs inputs, long bufferBytes) {
        this.inputs = inputs;
        this.source = inputs.source();
        this.width = inputs.width(RowsOf.SOURCE_FEATURES);
        this.bufferBytes = bufferBytes;
    }

    /** One row a class; of zeros for a class without samples. */
    float[][] rows() {
        int[] sizes = source.classSizes();
        float[][] medians = new float[sizes.length][width];
        int from = 0;
        while (from < sizes.length) {
            int to = from;
            long bytes = 0;
            while (to < sizes.length && (to == from || bytes + bytes(sizes[to]) <= bufferBytes)) {
                bytes += bytes(sizes[to]);
                to++;
            }
            group(from, to, sizes, medians);
            from = to;
        }
        return medians;
    }

    private long bytes(int rows) {
        return (long) rows * width * Float.BYTES;
    }

    private void group(int from, int to, int[] sizes, float[][] medians) {
        float[][][] columns = new float[to - from][][];
        for (int each = from; each < to; each++) {
            columns[each - from] = new float[width][sizes[each]];
        }
        int[] filled = new int[to - from];
        inputs.read(RowsOf.SOURCE_FEATURES, (index, row) -> {
            int group = source.label(index) - from;
            if (group >= 0 && group < columns.length) {
                int place = filled[group]++;
                for (int number = 0; number < width; number++) {
                    columns[group][number][place] = row[number];
                }
            }
        });
        for (int each = from; each < to; each++) {
            for (int number = 0; number < width && sizes[each] > 0; number++) {
                medians[each][number] = median(columns[each - from][number]);
            }
        }
    }

    private static float median(float[] numbers) {
        Arrays.sort(numbers);
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }
}
