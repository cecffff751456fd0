package io.graft.engine.pruning.cluster;

import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningProblem;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lloyd's k-means over rows that are read anew in each round, so that memory holds the centroids, one number a sample and a
 * sample of rows. The first centroids are drawn by k-means++ (Arthur and Vassilvitskii, 2007) from that uniform sample,
 * which is everything where there are few rows. A cluster that loses all its rows restarts at the sampled row that is
 * farthest from its centroid. Deterministic for a seed.
 */
public final class KMeans {
    private static final int SAMPLED_PER_CLUSTER = 20;
    private static final int SAMPLED_AT_LEAST = 4096;
    private static final int SAMPLED_NUMBERS = 16 << 20;

    private final int clusters;
    private final int iterations;
    private final long seed;

    /**
     * K-means.
     *
     * @param iterations rounds at most; it ends before when no row changes its cluster
     */
    public KMeans(int clusters, int iterations, long seed) {
        this.clusters = clusters;
        this.iterations = iterations;
        this.seed = seed;
    }

    /**
     * Groups of the source's samples.
     *
     * @param samples each with the number of its cluster as label
     * @param converged whether the last round changed nothing
     */
    public record Clusters(SourceSamples samples, Centroids centroids, boolean converged) {}

    /**
     * Groups the source's features.
     *
     * @throws PruningException if there are more clusters than samples
     */
    public Clusters fit(PruningInputs inputs) {
        int count = inputs.source().count();
        if (clusters > count) {
            throw new PruningException(
                    PruningProblem.CLUSTERS,
                    "there are " + clusters + " clusters for " + count + " samples of the source; ask for fewer");
        }
        SplittableRandom random = new SplittableRandom(seed);
        int width = inputs.width(RowsOf.SOURCE_FEATURES);
        float[][] sample = Reservoir.of(inputs, sampleSize(width), random);
        Centroids centroids = new Centroids(new Seeding(sample, random).points(clusters));
        int[] assigned = new int[count];
        Arrays.fill(assigned, -1);
        Means means = new Means(clusters, width);
        boolean converged = false;
        for (int round = 0; round < iterations && !converged; round++) {
            converged = assign(inputs, centroids, assigned, means) == 0;
            if (!converged) {
                centroids = moved(means, sample);
            }
        }
        if (!converged) {
            assign(inputs, centroids, assigned, means);
        }
        return new Clusters(SourceSamples.labelled(clusters, assigned), centroids, converged);
    }

    private int sampleSize(int width) {
        int wanted = Math.max(SAMPLED_AT_LEAST, SAMPLED_PER_CLUSTER * clusters);
        return Math.max(clusters, Math.min(wanted, SAMPLED_NUMBERS / Math.max(1, width)));
    }

    /** How many rows changed their cluster. */
    private static int assign(PruningInputs inputs, Centroids centroids, int[] assigned, Means means) {
        means.clear();
        float[] distances = new float[centroids.count()];
        int[] changed = new int[1];
        inputs.read(RowsOf.SOURCE_FEATURES, (index, row) -> {
            int nearest = centroids.nearest(row, distances);
            if (assigned[index] != nearest) {
                assigned[index] = nearest;
                changed[0]++;
            }
            means.add(nearest, row);
        });
        return changed[0];
    }

    private static Centroids moved(Means means, float[][] sample) {
        Centroids moved = means.centroids();
        float[][] points = means.rows();
        boolean[] present = new boolean[points.length];
        for (int each = 0; each < points.length; each++) {
            present[each] = means.has(each);
        }
        int width = sample[0].length;
        for (int each = 0; each < points.length; each++) {
            if (!present[each]) {
                int farthest = farthest(moved, sample);
                if (farthest >= 0) {
                    points[each] = sample[farthest];
                    present[each] = true;
                    moved = new Centroids(width, points, present);
                }
            }
        }
        return moved;
    }

    /** The place of the row farthest from its centroid; -1 if every row is one. */
    private static int farthest(Centroids centroids, float[][] sample) {
        float[] distances = new float[centroids.count()];
        int farthest = -1;
        float greatest = 0;
        for (int row = 0; row < sample.length; row++) {
            float distance = distances[centroids.nearest(sample[row], distances)];
            if (distance > greatest) {
                greatest = distance;
                farthest = row;
            }
        }
        return farthest;
    }
}
