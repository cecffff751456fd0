package io.graft.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.pruning.cluster.KMeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusteringTest {
    private static final int BLOBS = 8;
    private static final int EACH = 40;

    private static HeldRows blobs() {
        SplittableRandom random = new SplittableRandom(5);
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < BLOBS * EACH; row++) {
            float[] point = new float[3];
            for (int number = 0; number < 3; number++) {
                point[number] = 20f * (row % BLOBS >> number & 1) + (float) random.nextGaussian();
            }
            rows.add(point);
        }
        return new HeldRows(3, rows);
    }

    private static PruningInputs inputs(Rows rows, int count) {
        return new PruningInputs(SourceSamples.unlabelled(count), null, Map.of(RowsOf.SOURCE_FEATURES, rows));
    }

    @Test
    void findsSeparateClusters() {
        for (long seed = 0; seed < 5; seed++) {
            KMeans.Clusters clusters = new KMeans(BLOBS, 50, seed).fit(inputs(blobs(), BLOBS * EACH));

            assertThat(clusters.converged()).isTrue();
            assertThat(IntStream.range(0, BLOBS)
                            .mapToObj(blob -> clusters.samples().label(blob))
                            .distinct())
                    .hasSize(BLOBS);
            for (int row = 0; row < BLOBS * EACH; row++) {
                assertThat(clusters.samples().label(row))
                        .isEqualTo(clusters.samples().label(row % BLOBS));
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameClusters() {
        int[] first = labels(3);
        assertThat(labels(3)).containsExactly(first);
    }

    private static int[] labels(long seed) {
        SourceSamples samples =
                new KMeans(20, 4, seed).fit(inputs(blobs(), BLOBS * EACH)).samples();
        return IntStream.range(0, BLOBS * EACH).map(samples::label).toArray();
    }

    @Test
    void everySampleIsInItsNearestClusterAlsoWhenRoundsRunOut() {
        KMeans.Clusters clusters = new KMeans(30, 2, 1).fit(inputs(blobs(), BLOBS * EACH));
        float[] distances = new float[30];
        List<float[]> rows = blobs().rows();

        assertThat(clusters.converged()).isFalse();
        for (int row = 0; row < rows.size(); row++) {
            assertThat(clusters.samples().label(row))
                    .isEqualTo(clusters.centroids().nearest(rows.get(row), distances));
        }
    }

    @Test
    void equalRowsMakeOneClusterAndLeaveTheOthersEmpty() {
        float[] same = {1, 2};
        KMeans.Clusters clusters = new KMeans(3, 10, 0).fit(inputs(HeldRows.of(same, same, same, same), 4));

        assertThat(IntStream.range(0, 4).map(clusters.samples()::label).distinct())
                .hasSize(1);
    }

    @Test
    void targetsKeepTheClustersTheyAreNearTo() {
        PruningInputs inputs = new PruningInputs(
                SourceSamples.unlabelled(BLOBS * EACH),
                TargetSplit.ofFirst(3),
                Map.of(
                        RowsOf.SOURCE_FEATURES, blobs(),
                        RowsOf.TARGET_FEATURES,
                                HeldRows.of(new float[] {20, 0, 0}, new float[] {19, 1, 0}, new float[] {0, 20, 20})));

        Pruning pruning = PruningMethod.choose("feature_mapping", Map.of("clusters", BLOBS))
                .prune(inputs, new PruneOrder(new Budget.KeepClasses(2), TieBreak.CLASS_ID, 0));

        assertThat(pruning.kept().indices())
                .containsExactlyElementsOf(IntStream.range(0, BLOBS * EACH)
                        .filter(row -> row % BLOBS == 1 || row % BLOBS == 6)
                        .boxed()
                        .toList());
    }
}
