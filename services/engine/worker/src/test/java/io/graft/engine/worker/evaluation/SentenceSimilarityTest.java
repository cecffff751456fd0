package io.graft.engine.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SentenceSimilarityTest {
    private static final double[][] EAST = {{1, 0}, {2, 0}, {1, 0}, {3, 0}};

    @Test
    void correlatesTheCosineWithTheScore() {
        double[][] turned = {{1, 0}, {1, 1}, {0, 1}, {-1, 1}};

        Measurement measured = new SentenceSimilarity(EAST, turned, new double[] {5, 4, 1, 0.5}).measurement();

        assertThat(measured.metrics().get("spearman")).isCloseTo(1, within(1e-12));
        assertThat(measured.metrics().get("pearson"))
                .as("of 1, sqrt(1/2), 0, -sqrt(1/2) with the scores, as numpy.corrcoef says")
                .isCloseTo(0.9566156197135454, within(1e-12));
        assertThat(measured.comparable()).extracting(RowsMetric::name).containsExactly("spearman", "pearson");
        assertThat(measured.comparable().getFirst().scores().value(new int[] {0, 0, 3, 2}))
                .as("ranks of the resample are 3.5, 3.5, 1, 2 on both sides")
                .isCloseTo(1.0, within(1e-12));
    }

    @Test
    void aModelThatSaysTheSameOfAllShowsNothing() {
        Measurement measured = new SentenceSimilarity(EAST, EAST, new double[] {1, 2, 3, 4}).measurement();

        assertThat(measured.metrics()).containsEntry("spearman", 0.0).containsEntry("pearson", 0.0);
    }
}
