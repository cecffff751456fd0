package io.graft.engine.metrics.digits;

import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A small network of rectified units, trained by Adam: a real model for tests of metrics. */
public final class TinyNetwork {
    private static final int BATCH = 64;

    private final int[] widths;
    private final double[] weights;

    /** Widths of the input, of each hidden layer and of the output. */
    public TinyNetwork(long seed, int... widths) {
        this.widths = widths.clone();
        this.weights = new double[offset(widths.length - 1)];
        Random random = new Random(seed);
        for (int layer = 0; layer < widths.length - 1; layer++) {
            for (int i = offset(layer); i < offset(layer + 1); i++) {
                weights[i] = random.nextGaussian() * Math.sqrt(2.0 / widths[layer]);
            }
        }
    }

    /** Trains on batches drawn at random, each picture changed anew. */
    public TinyNetwork train(Digits data, UnaryOperator<float[]> change, int steps, double rate, long seed) {
        Random random = new Random(seed);
        double[] first = new double[weights.length];
        double[] second = new double[weights.length];
        for (int step = 1; step <= steps; step++) {
            double[] gradient = new double[weights.length];
            for (int b = 0; b < BATCH; b++) {
                int i = random.nextInt(data.size());
                backward(change.apply(data.images().get(i)), data.labels()[i], gradient);
            }
            double firstScale = 1 - Math.pow(0.9, step);
            double secondScale = 1 - Math.pow(0.999, step);
            for (int i = 0; i < weights.length; i++) {
                double g = gradient[i] / BATCH;
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                weights[i] -= rate * first[i] / firstScale / (Math.sqrt(second[i] / secondScale) + 1e-8);
            }
        }
        return this;
    }

    /** What the last hidden layer makes of an input. */
    public double[] features(float[] input) {
        return forward(input)[widths.length - 2];
    }

    public float[] probabilities(float[] input) {
        double[] values = forward(input)[widths.length - 1];
        float[] probabilities = new float[values.length];
        for (int c = 0; c < values.length; c++) {
            probabilities[c] = (float) values[c];
        }
        return probabilities;
    }

    /** The gradient of the loss with respect to the input. */
    public float[] inputGradient(float[] input, int label) {
        double[] toInput = backward(input, label, new double[weights.length]);
        float[] gradient = new float[toInput.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) toInput[i];
        }
        return gradient;
    }

    public double accuracy(Digits data) {
        long right = IntStream.range(0, data.size())
                .filter(i -> {
                    float[] p = probabilities(data.images().get(i));
                    int best = IntStream.range(0, p.length).reduce(0, (a, b) -> p[b] > p[a] ? b : a);
                    return best == data.labels()[i];
                })
                .count();
        return (double) right / data.size();
    }

    private int offset(int layer) {
        int offset = 0;
        for (int l = 0; l < layer; l++) {
            offset += widths[l + 1] * (widths[l] + 1);
        }
        return offset;
    }

    /** The values of each layer; probabilities in the last. */
    private double[][] forward(float[] input) {
        double[][] values = new double[widths.length][];
        values[0] = new double[input.length];
        for (int i = 0; i < input.length; i++) {
            values[0][i] = input[i];
        }
        int row = 0;
        for (int layer = 1; layer < widths.length; layer++) {
            double[] below = values[layer - 1];
            double[] above = new double[widths[layer]];
            for (int j = 0; j < above.length; j++) {
                double sum = weights[row + below.length];
                for (int i = 0; i < below.length; i++) {
                    sum += weights[row + i] * below[i];
                }
                above[j] = layer < widths.length - 1 ? Math.max(0, sum) : Math.exp(Math.clamp(sum, -500, 500));
                row += below.length + 1;
            }
            values[layer] = above;
        }
        double[] last = values[widths.length - 1];
        double sum = IntStream.range(0, last.length).mapToDouble(c -> last[c]).sum();
        for (int c = 0; c < last.length; c++) {
            last[c] /= sum;
        }
        return values;
    }

    /** Adds the gradient of one example; returns that of the input. */
    private double[] backward(float[] input, int label, double[] gradient) {
        double[][] values = forward(input);
        double[] errors = values[widths.length - 1].clone();
        errors[label] -= 1;
        for (int layer = widths.length - 1; layer > 0; layer--) {
            double[] below = values[layer - 1];
            double[] toBelow = new double[below.length];
            int row = offset(layer - 1);
            for (double error : errors) {
                if (error != 0) {
                    gradient[row + below.length] += error;
                    for (int i = 0; i < below.length; i++) {
                        gradient[row + i] += error * below[i];
                        toBelow[i] += error * weights[row + i];
                    }
                }
                row += below.length + 1;
            }
            for (int i = 0; i < below.length && layer > 1; i++) {
                toBelow[i] = below[i] > 0 ? toBelow[i] : 0;
            }
            errors = toBelow;
        }
        return errors;
    }
}
