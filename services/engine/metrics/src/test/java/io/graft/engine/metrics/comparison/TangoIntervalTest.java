package io.graft.engine.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TangoIntervalTest {
    private static final double Z = 1.959964;

    /** Each bound is the difference that the score test, its likelihood maximised by search, just rejects. */
    @ParameterizedTest(name = "{0} and {1} of {2}")
    @CsvSource({"15, 5, 50", "0, 1, 44", "3, 0, 30", "40, 45, 1000", "0, 0, 20"})
    void boundsAreWhereTheScoreTestRejects(int onlyCandidate, int onlyBaseline, int n) {
        TangoInterval interval = new TangoInterval(new PairedCounts(onlyCandidate, onlyBaseline, n));
        assertThat(statistic(onlyCandidate, onlyBaseline, n, interval.lower(0.025)))
                .isCloseTo(Z, within(1e-3));
        assertThat(statistic(onlyCandidate, onlyBaseline, n, interval.upper(0.025)))
                .isCloseTo(-Z, within(1e-3));
        assertThat(interval.estimate()).isBetween(interval.lower(0.025), interval.upper(0.025));
    }

    private static double statistic(int b, int c, int n, double delta) {
        double low = Math.max(0, -delta);
        double high = (1 - delta) / 2;
        for (int i = 0; i < 200; i++) {
            double left = low + (high - low) / 3;
            double right = high - (high - low) / 3;
            if (logLikelihood(b, c, n, delta, left) < logLikelihood(b, c, n, delta, right)) {
                low = left;
            } else {
                high = right;
            }
        }
        return (b - c - n * delta) / Math.sqrt(n * (2 * low + delta * (1 - delta)));
    }

    private static double logLikelihood(int b, int c, int n, double delta, double onlyBaseline) {
        return term(b, onlyBaseline + delta) + term(c, onlyBaseline) + term(n - b - c, 1 - 2 * onlyBaseline - delta);
    }

    private static double term(int count, double probability) {
        return count == 0 ? 0 : count * Math.log(probability);
    }
}
