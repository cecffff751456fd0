package io.graft.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.pruning.cluster.Centroids;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scores of classes as other programs computed them; see {@code oracles/SOURCE.md}. */
class MappingOracleTest {
    private static final PruneOrder HALF = new PruneOrder(new Budget.Ratio(0.5), TieBreak.CLASS_ID, 0);

    private final JsonNode oracle = oracle();

    private static JsonNode oracle() {
        try (InputStream json = MappingOracleTest.class.getResourceAsStream("/oracles/dp4tl.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(json));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void labelMappingCountsPredictions() {
        int[] predictions = ints("predictions");
        float[][] logits = new float[predictions.length][6];
        for (int row = 0; row < logits.length; row++) {
            logits[row][predictions[row]] = 2;
        }
        PruningInputs inputs = new PruningInputs(
                SourceSamples.labelled(6, new int[] {0, 1, 2, 3, 4, 5}),
                TargetSplit.ofFirst(logits.length),
                Map.of(RowsOf.TARGET_LOGITS, HeldRows.of(logits)));

        Pruning pruning = PruningMethod.choose("label_mapping", Map.of()).prune(inputs, HALF);

        assertThat(scores(pruning)).containsExactly(longs("label_scores"));
        assertThat(pruning.keptClasses())
                .containsExactlyElementsOf(
                        IntStream.of(ints("label_kept_half")).boxed().toList());
    }

    @Test
    void featureMappingCountsNearestCentroids() {
        float[][] centroids = rows("centroids");
        float[][] features = rows("features");
        PruningInputs inputs = new PruningInputs(
                SourceSamples.labelled(6, new int[] {0, 1, 2, 3, 4, 5}),
                TargetSplit.ofFirst(features.length),
                Map.of(
                        RowsOf.SOURCE_FEATURES, HeldRows.of(centroids),
                        RowsOf.TARGET_FEATURES, HeldRows.of(features)));

        Pruning pruning = PruningMethod.choose("feature_mapping", Map.of("prototypes", "label_means"))
                .prune(inputs, HALF);

        assertThat(scores(pruning)).containsExactly(longs("feature_scores"));
        assertThat(pruning.keptClasses()).containsExactly(0, 3, 5);
    }

    @Test
    void eachSampleVotesForItsNearestCentroid() {
        Centroids centroids = new Centroids(rows("centroids"));
        float[][] features = rows("features");
        int[] nearest = IntStream.range(0, features.length)
                .map(row -> centroids.nearest(features[row], new float[6]))
                .toArray();

        assertThat(nearest).containsExactly(ints("nearest"));
    }

    private static long[] scores(Pruning pruning) {
        List<ClassRanking.ClassScore> classes =
                Objects.requireNonNull(pruning.ranking()).classes();
        long[] votes = new long[classes.size()];
        classes.forEach(score -> votes[score.id()] = score.votes());
        return votes;
    }

    private int[] ints(String name) {
        return IntStream.range(0, oracle.get(name).size())
                .map(index -> oracle.get(name).get(index).asInt())
                .toArray();
    }

    private long[] longs(String name) {
        return IntStream.of(ints(name)).asLongStream().toArray();
    }

    private float[][] rows(String name) {
        float[][] rows = new float[oracle.get(name).size()][];
        for (int row = 0; row < rows.length; row++) {
            JsonNode numbers = oracle.get(name).get(row);
            rows[row] = new float[numbers.size()];
            for (int number = 0; number < rows[row].length; number++) {
                rows[row][number] = (float) numbers.get(number).asDouble();
            }
        }
        return rows;
    }
}
