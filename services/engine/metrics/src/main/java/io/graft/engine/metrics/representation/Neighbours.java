package io.graft.engine.metrics.representation;

import io.graft.engine.metrics.InputCheck;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Classifies by the nearest training examples, as Wu et al. 2018 and DINO do: the cosine's {@code exp(cos / T)} is each
 * neighbour's vote. No training; the usual first look at features.
 *
 * @param k how many neighbours, usually 20; fewer training examples than this all vote
 * @param temperature usually 0.07
 */
public record Neighbours(int k, double temperature) {
    /** 20 neighbours, temperature 0.07. */
    public static final Neighbours USUAL = new Neighbours(20, 0.07);

    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every parameter out of range
     */
    public Neighbours {
        new InputCheck()
                .require(k > 0, "k", "is " + k, "take 1 or more, usually 20")
                .require(temperature > 0, "temperature", "is " + temperature, "take a value above 0, usually 0.07")
                .done();
    }

    /**
     * Predicts a class for each example, the lowest of equals.
     *
     * @param training features, one row an example
     * @param labels their classes, from 0
     * @param examples features to classify
     */
    public int[] predict(double[][] training, int[] labels, double[][] examples) {
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        new InputCheck()
                .matrix("training", training)
                .matrix("examples", examples)
                .parallel("training", training.length, "labels", labels.length)
                .labels("labels", labels, classes)
                .done();
        return Arrays.stream(examples)
                .mapToInt(example -> vote(training, labels, classes, example))
                .toArray();
    }

    private int vote(double[][] training, int[] labels, int classes, double[] example) {
        double[] cosines = Arrays.stream(training)
                .mapToDouble(row -> InvarianceMetric.COSINE.compare(row, example))
                .map(cosine -> Double.isNaN(cosine) ? 0 : cosine)
                .toArray();
        double[] votes = new double[classes];
        IntStream.range(0, cosines.length)
                .boxed()
                .sorted((a, b) -> Double.compare(cosines[b], cosines[a]))
                .limit(k)
                .forEach(i -> votes[labels[i]] += Math.exp((cosines[i] - 1) / temperature));
        return IntStream.range(0, classes).reduce(0, (best, c) -> votes[c] > votes[best] ? c : best);
    }
}
