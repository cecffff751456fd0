package io.graft.engine.metrics.robustness;

import io.graft.engine.metrics.InputCheck;
import java.util.List;

/** One input under attack: asks the model, counts, and keeps the best that was found. */
final class Target {
    private final Scorer scorer;
    private final float[] input;
    private final int label;
    private final double epsilon;

    private int queries;
    private double lowest = Double.POSITIVE_INFINITY;
    private float[] best;

    Target(Scorer scorer, float[] input, int label, double epsilon) {
        this.scorer = scorer;
        this.input = input;
        this.label = label;
        this.epsilon = epsilon;
        this.best = input;
    }

    static void check(float[] input, List<byte[]> first) {
        InputCheck check = new InputCheck().require(input.length > 0, "input", "is empty", "give at least one value");
        for (int i = 0; i < input.length; i++) {
            check.require(
                    input[i] >= 0 && input[i] <= 1, "input[" + i + "]", "is " + input[i], "scale inputs to 0 to 1");
        }
        for (int i = 0; i < first.size(); i++) {
            check.require(
                    first.get(i).length == input.length,
                    "first[" + i + "]",
                    "has " + first.get(i).length + " genes for " + input.length + " values",
                    "give one of -1, 0 and 1 a value");
        }
        check.done();
    }

    /** Asks for one direction; returns its margin. */
    double ask(byte[] direction) {
        float[] changed = new float[input.length];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = (float) Math.clamp(input[i] + epsilon * direction[i], 0, 1);
        }
        queries++;
        double margin = margin(scorer.probabilities(changed), label);
        if (margin < lowest) {
            lowest = margin;
            best = changed;
        }
        return margin;
    }

    static double margin(float[] probabilities, int label) {
        new InputCheck()
                .require(
                        label >= 0 && label < probabilities.length && probabilities.length > 1,
                        "label",
                        "is " + label + " of " + probabilities.length + " classes",
                        "number the classes from 0; a model needs two at least")
                .done();
        double other = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < probabilities.length; c++) {
            if (c != label) {
                other = Math.max(other, probabilities[c]);
            }
        }
        return probabilities[label] - other;
    }

    boolean isFooled() {
        return lowest < 0;
    }

    int queries() {
        return queries;
    }

    AttackResult result() {
        double largest = 0;
        double squares = 0;
        for (int i = 0; i < input.length; i++) {
            double change = Math.abs((double) best[i] - input[i]);
            largest = Math.max(largest, change);
            squares += change * change;
        }
        return new AttackResult(isFooled(), queries, lowest, best, largest, Math.sqrt(squares));
    }
}
