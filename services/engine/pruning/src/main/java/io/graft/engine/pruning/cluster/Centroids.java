package io.graft.engine.pruning.cluster;

import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import java.util.Arrays;

/** Points that classes are represented by. A class without a sample has no point and is infinitely far. Immutable. */
public final class Centroids {
    private final int width;
    private final boolean[] present;
    /** Number j of every centroid lies together, so that distances to all are computed side by side. */
    private final float[][] byNumber;

    /** One point a class; copied. Rows of equal length, at least one. */
    public Centroids(float[][] points) {
        this(points[0].length, points, allOf(points.length));
    }

    Centroids(int width, float[][] points, boolean[] present) {
        this.width = width;
        this.present = present.clone();
        this.byNumber = new float[width][points.length];
        for (int each = 0; each < points.length; each++) {
            for (int number = 0; number < width && present[each]; number++) {
                byNumber[number][each] = points[each][number];
            }
        }
    }

    private static boolean[] allOf(int count) {
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        return all;
    }

    /** The mean features of each class of the source, in one reading. */
    public static Centroids ofClasses(PruningInputs inputs) {
        SourceSamples source = inputs.source();
        Means means = new Means(source.classes(), inputs.width(RowsOf.SOURCE_FEATURES));
        inputs.read(RowsOf.SOURCE_FEATURES, (index, features) -> means.add(source.label(index), features));
        return means.centroids();
    }

    /** How many there are, with those that have no point. */
    public int count() {
        return present.length;
    }

    /**
     * The nearest point by Euclidean distance, the lower number of several.
     *
     * @param distances receives the squared distance to each
     */
    public int nearest(float[] features, float[] distances) {
        Arrays.fill(distances, 0);
        for (int number = 0; number < width; number++) {
            add(features[number], byNumber[number], distances);
        }
        int nearest = -1;
        for (int each = 0; each < distances.length; each++) {
            if (!present[each]) {
                distances[each] = Float.POSITIVE_INFINITY;
            } else if (nearest < 0 || distances[each] < distances[nearest]) {
                nearest = each;
            }
        }
        return nearest;
    }

    private static void add(float feature, float[] coordinates, float[] distances) {
        for (int each = 0; each < distances.length; each++) {
            float difference = feature - coordinates[each];
            distances[each] += difference * difference;
        }
    }
}
