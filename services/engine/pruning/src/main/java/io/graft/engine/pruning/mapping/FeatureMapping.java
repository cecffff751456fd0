package io.graft.engine.pruning.mapping;

import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.ClassVotes;
import io.graft.engine.pruning.PruneOrder;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningMethod;
import io.graft.engine.pruning.PruningProblem;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import io.graft.engine.pruning.TieBreak;
import io.graft.engine.pruning.cluster.Centroids;
import io.graft.engine.pruning.cluster.KMeans;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.Set;

/**
 * Each sample of the target votes for the class whose centroid is nearest to its features; the classes with most votes
 * stay. Classes are the source's own, or clusters of its features. The authors' program (commit 2c16495) counts by the
 * sample's number instead of the class's, so that nearly all scores stay zero; this is the paper's rule.
 *
 * <p>The paper says nothing of ties. Here a class's likelihood is the mean over the target of the softmax of minus its
 * squared distance, in units of the sample's mean squared distance to all centroids, so that it does not depend on scale.
 */
@Method(
        kind = MethodKind.PRUNING,
        name = FeatureMapping.NAME,
        title = "Feature mapping (DP4TL)",
        paper = "Y. Zhang et al., Selectivity Drives Productivity: Efficient Dataset Pruning for Enhanced Transfer"
                + " Learning, arXiv 2310.08782",
        summary =
                "Keeps the source classes, or clusters, whose mean features are nearest to the target's samples. Choose it"
                        + " when the source has no labels, or the surrogate no head.",
        notes = "With clusters, classes in the answer are numbers of clusters, and keep_classes counts clusters.")
public final class FeatureMapping implements PruningMethod<FeatureMapping.Params> {
    static final String NAME = "feature_mapping";

    /** What the centroids stand for. */
    public enum Prototypes {
        /** Clusters that k-means finds. */
        KMEANS,
        /** The source's classes. */
        LABEL_MEANS
    }

    /** See the components' documentation. */
    public record Params(
            @Param(
                    doc = "whether centroids are means of clusters (kmeans) or of labelled classes (label_means)",
                    byDefault = "kmeans")
            Prototypes prototypes,

            @Param(doc = "clusters of k-means", byDefault = "500", min = 1, max = 100_000)
            int clusters,

            @Param(doc = "rounds of k-means at most", byDefault = "50", min = 1, max = 10_000)
            int iterations) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Set<RowsOf> needs(Params params) {
        return Set.of(RowsOf.SOURCE_FEATURES, RowsOf.TARGET_FEATURES);
    }

    @Override
    public Pruning prune(Params params, PruningInputs inputs, PruneOrder order) {
        int width = inputs.width(RowsOf.SOURCE_FEATURES);
        if (inputs.width(RowsOf.TARGET_FEATURES) != width) {
            throw new PruningException(
                    PruningProblem.DIMENSION,
                    "features of the source have " + width + " numbers, those of the target "
                            + inputs.width(RowsOf.TARGET_FEATURES) + "; compute both with one surrogate");
        }
        return switch (params.prototypes()) {
            case LABEL_MEANS -> {
                order.budget().classesOf(inputs.source().classes());
                yield pruned(inputs, inputs.source(), Centroids.ofClasses(inputs), order);
            }
            case KMEANS -> {
                order.budget().classesOf(params.clusters());
                KMeans.Clusters clusters = new KMeans(params.clusters(), params.iterations(), order.seed()).fit(inputs);
                yield pruned(inputs, clusters.samples(), clusters.centroids(), order);
            }
        };
    }

    private static Pruning pruned(PruningInputs inputs, SourceSamples grouped, Centroids centroids, PruneOrder order) {
        return Pruning.ofClasses(grouped, ClassRanking.of(votes(inputs, centroids, order.ties()), order));
    }

    private static ClassVotes votes(PruningInputs inputs, Centroids centroids, TieBreak ties) {
        ClassVotes votes = new ClassVotes(centroids.count());
        float[] distances = new float[centroids.count()];
        double[] likelihoods = new double[centroids.count()];
        inputs.read(RowsOf.TARGET_FEATURES, (index, features) -> {
            int nearest = centroids.nearest(features, distances);
            votes.vote(nearest);
            if (ties == TieBreak.SOFT_PROB) {
                likelihoods(distances, nearest, likelihoods);
                for (int each = 0; each < likelihoods.length; each++) {
                    votes.likelihood(each, likelihoods[each]);
                }
            }
        });
        return votes;
    }

    /** Classes without a sample are infinitely far and get zero. */
    private static void likelihoods(float[] distances, int nearest, double[] into) {
        double mean = 0;
        int finite = 0;
        for (float each : distances) {
            if (Float.isFinite(each)) {
                mean += each;
                finite++;
            }
        }
        double unit = Math.max(mean / finite, Double.MIN_NORMAL);
        double sum = 0;
        for (int each = 0; each < distances.length; each++) {
            into[each] = Math.exp((distances[nearest] - distances[each]) / unit);
            sum += into[each];
        }
        for (int each = 0; each < distances.length; each++) {
            into[each] /= sum;
        }
    }
}
