package io.graft.engine.pruning.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;

/** First centroids by k-means++: each next one is drawn with a chance in proportion to its squared distance to those before. */
final class Seeding {
    private final float[][] sample;
    private final SplittableRandom random;
    private final double[] distances;

    Seeding(float[][] sample, SplittableRandom random) {
        this.sample = sample;
        this.random = random;
        this.distances = new double[sample.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
    }

    /** Rows of the sample; some are equal only if the sample has fewer different rows. */
    float[][] points(int count) {
        float[][] points = new float[count][];
        points[0] = sample[random.nextInt(sample.length)];
        for (int each = 1; each < count; each++) {
            approach(points[each - 1]);
            points[each] = sample[drawn()];
        }
        return points;
    }

    private void approach(float[] point) {
        for (int row = 0; row < sample.length; row++) {
            distances[row] = Math.min(distances[row], squared(sample[row], point));
        }
    }

    private int drawn() {
        double left = random.nextDouble() * Arrays.stream(distances).sum();
        int last = 0;
        for (int row = 0; row < distances.length; row++) {
            if (distances[row] > 0) {
                last = row;
                left -= distances[row];
                if (left < 0) {
                    return row;
                }
            }
        }
        return last;
    }

    private static double squared(float[] one, float[] other) {
        double sum = 0;
        for (int number = 0; number < one.length; number++) {
            double difference = one[number] - other[number];
            sum += difference * difference;
        }
        return sum;
    }
}
