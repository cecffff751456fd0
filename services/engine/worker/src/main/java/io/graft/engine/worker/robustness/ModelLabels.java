package io.graft.engine.worker.robustness;

import io.graft.engine.worker.evaluation.Contender;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Labels;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The labels of a model beside those of the attacked version, which number them for all: first the version's, in its order,
 * then what the model knows beyond them.
 *
 * @param own the model's, in the order of its scores
 * @param order position among them of each label of all
 */
record ModelLabels(List<String> own, List<Integer> order) {
    ModelLabels {
        own = List.copyOf(own);
        order = List.copyOf(order);
    }

    /** Of the attacked version; of the rows where it does not tell its labels. */
    static ModelLabels attacked(Contender version, DataRows rows) throws IOException {
        List<String> own = of(version);
        List<String> all = own.isEmpty() ? rows.classes() : own;
        return of(all, all);
    }

    /**
     * Of another model; in the version's order where it does not tell its labels.
     *
     * @throws GraftException {@code NOT_COMPARABLE} naming the labels that it does not know
     */
    static ModelLabels beside(Contender other, ModelLabels attacked) throws IOException {
        List<String> own = of(other);
        List<String> unknown = attacked.own().stream()
                .filter(label -> !own.isEmpty() && !own.contains(label))
                .toList();
        if (!unknown.isEmpty()) {
            throw new GraftException(
                    ErrorCode.NOT_COMPARABLE,
                    other.name() + " does not know the labels "
                            + unknown.stream().limit(5).toList()
                            + " of the attacked version; name a model that was trained on the same labels",
                    Map.of("version", other.name()));
        }
        return of(own.isEmpty() ? attacked.own() : own, attacked.own());
    }

    private static ModelLabels of(List<String> own, List<String> first) {
        List<Integer> order = new ArrayList<>();
        first.forEach(label -> order.add(own.indexOf(label)));
        for (int i = 0; i < own.size(); i++) {
            if (!first.contains(own.get(i))) {
                order.add(i);
            }
        }
        return new ModelLabels(own, order);
    }

    private static List<String> of(Contender contender) throws IOException {
        return Labels.of(contender.adapter().orElse(contender.weights()));
    }

    /** Where the model has the score of a label. */
    int position(int label) {
        return order.get(label);
    }

    /** What the model says, in the order of all. */
    float[] inOrder(float[] scores) {
        float[] sorted = new float[scores.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = scores[order.get(i)];
        }
        return sorted;
    }
}
