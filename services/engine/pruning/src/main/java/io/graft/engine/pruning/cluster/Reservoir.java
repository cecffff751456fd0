package io.graft.engine.pruning.cluster;

import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.RowsOf;
import java.util.SplittableRandom;

/** A uniform sample of rows whose number need not be known (Vitter's algorithm R). */
final class Reservoir {
    private Reservoir() {}

    /**
     * Samples features of the source in one reading.
     *
     * @param size greatest number of rows; all of them, in order, if there are no more
     */
    static float[][] of(PruningInputs inputs, int size, SplittableRandom random) {
        float[][] sample = new float[Math.min(size, inputs.source().count())][];
        inputs.read(RowsOf.SOURCE_FEATURES, (index, row) -> {
            int place = index < sample.length ? index : random.nextInt(index + 1);
            if (place < sample.length) {
                sample[place] = row.clone();
            }
        });
        return sample;
    }
}
