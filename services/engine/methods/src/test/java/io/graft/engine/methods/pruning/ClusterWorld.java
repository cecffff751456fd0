package io.graft.engine.methods.pruning;

import java.util.SplittableRandom;

/**
 * Sixty source classes in ten super-clusters, and nine new target classes in three of those. A super-cluster has a centre
 * and a subspace of 6 dimensions of its own among 32, in which its classes differ; noise is everywhere. What is seen are 64
 * numbers after a random projection and a tanh, all with the sign of a coin, so that no linear function of them tells the
 * classes. How far apart centres and classes are is chosen so that pre-training on everything reaches about 0.9.
 */
final class ClusterWorld {
    static final int CLASSES = 60;
    static final int SUPER_CLUSTERS = 10;
    private static final int TARGET_CLASSES = 9;
    private static final int TARGET_CLUSTERS = 3;
    private static final int SIGNAL = 6;
    private static final int LATENT = 32;
    private static final int SEEN = 64;
    private static final double SPREAD = 2;
    private static final double CENTRE = 1;
    private static final double NOISE = 0.7;

    private final SplittableRandom random;
    private final double[][] projection;
    private final double[][][] subspaces;
    private final double[][] centres;
    private final LabelledRows source;
    private final LabelledRows targetTrain;
    private final LabelledRows targetTest;

    ClusterWorld(long seed) {
        random = new SplittableRandom(seed);
        projection = gaussian(LATENT, SEEN, 1 / Math.sqrt(LATENT));
        subspaces = new double[SUPER_CLUSTERS][][];
        for (int cluster = 0; cluster < SUPER_CLUSTERS; cluster++) {
            subspaces[cluster] = gaussian(SIGNAL, LATENT, 1 / Math.sqrt(LATENT));
        }
        centres = gaussian(SUPER_CLUSTERS, LATENT, CENTRE);
        double[][] sourceMeans = means(CLASSES, SUPER_CLUSTERS);
        double[][] targetMeans = means(TARGET_CLASSES, TARGET_CLUSTERS);
        source = rows(sourceMeans, 60);
        targetTrain = rows(targetMeans, 6);
        targetTest = rows(targetMeans, 60);
    }

    LabelledRows source() {
        return source;
    }

    LabelledRows targetTrain() {
        return targetTrain;
    }

    LabelledRows targetTest() {
        return targetTest;
    }

    /** Whether a class of the source is in a super-cluster that the target has classes of. */
    static boolean related(int sourceClass) {
        return sourceClass % SUPER_CLUSTERS < TARGET_CLUSTERS;
    }

    private double[][] means(int classes, int clusters) {
        double[][] means = new double[classes][];
        for (int each = 0; each < classes; each++) {
            means[each] = times(gaussian(1, SIGNAL, SPREAD)[0], subspaces[each % clusters]);
            for (int number = 0; number < LATENT; number++) {
                means[each][number] += centres[each % clusters][number];
            }
        }
        return means;
    }

    private LabelledRows rows(double[][] means, int each) {
        float[][] inputs = new float[means.length * each][];
        int[] labels = new int[inputs.length];
        for (int row = 0; row < inputs.length; row++) {
            labels[row] = row % means.length;
            double[] latent = gaussian(1, LATENT, NOISE)[0];
            for (int number = 0; number < LATENT; number++) {
                latent[number] += means[labels[row]][number];
            }
            double[] seen = times(latent, projection);
            int sign = random.nextBoolean() ? 1 : -1;
            inputs[row] = new float[SEEN];
            for (int number = 0; number < SEEN; number++) {
                inputs[row][number] = (float) (sign * Math.tanh(seen[number]));
            }
        }
        return new LabelledRows(inputs, labels, means.length);
    }

    private double[][] gaussian(int rows, int columns, double deviation) {
        double[][] drawn = new double[rows][columns];
        for (double[] row : drawn) {
            for (int column = 0; column < columns; column++) {
                row[column] = random.nextGaussian() * deviation;
            }
        }
        return drawn;
    }

    private static double[] times(double[] row, double[][] matrix) {
        double[] product = new double[matrix[0].length];
        for (int from = 0; from < row.length; from++) {
            for (int to = 0; to < product.length; to++) {
                product[to] += row[from] * matrix[from][to];
            }
        }
        return product;
    }
}
