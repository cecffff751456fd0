package io.graft.engine.training.task;

import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.nn.Losses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up how well labels were predicted. */
final class LabelTally {
    private double loss;
    private long right;
    private long rows;

    /** Takes scores [batch, labels] and the labels. */
    void add(Tensor logits, Tensor labels, List<Integer> expected) {
        loss += Losses.crossEntropy(logits, labels, 0).item() * expected.size();
        long[] predicted = logits.argmax(1).toLongs();
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == expected.get(i) ? 1 : 0;
        }
        rows += predicted.length;
    }

    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("loss", loss / rows);
        metrics.put("accuracy", right / (double) rows);
        metrics.put("rows", (double) rows);
        return metrics;
    }
}
