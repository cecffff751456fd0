package io.graft.engine.metrics.transferability;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The examples of each class of a target. */
record Classes(int count, int[] labels) {
    static Classes of(SourceModel model, int[] labels) {
        InputCheck check =
                new InputCheck().parallel(model.name() + ".features", model.features().length, "labels", labels.length);
        int count = Arrays.stream(labels).max().orElse(-1) + 1;
        check.labels("labels", labels, count).done();
        return new Classes(count, labels);
    }

    int[] members(int label) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
    }
}
