package io.graft.engine.metrics.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.Vectors;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ScalingFitTest {
    private final JsonNode cases = Vectors.cases("scaling_law");
    private final double[] sizes = Vectors.doubles(cases.get("D_p"));

    @Test
    void noiselessSeriesAreContinuedExactly() {
        assertPredicts("ce noiseless", LawKind.CROSS_ENTROPY, "ce noiseless", within(2e-6));
        assertPredicts("bleu noiseless", LawKind.LOG_LAW, "bleu noiseless", within(5e-5));
        double[] exact = exactBleu();
        ScalingFit fit = fit(exact, LawKind.LOG_LAW, 6);
        assertThat(fit.law().at(sizes[7])).isCloseTo(exact[7], within(1e-6));
        assertThat(fit.law())
                .isInstanceOfSatisfying(
                        ScalingLaw.LogLaw.class, law -> assertThat(law.beta()).isCloseTo(2, within(1e-4)));
        assertThat(fit.r2()).isCloseTo(1, within(1e-9));
    }

    @Test
    void noisySeriesAreContinuedLikeByTheReference() {
        assertPredicts("ce noisy", LawKind.CROSS_ENTROPY, "extrapolated ce 7,8 (noisy fit)", within(0.02));
        assertPredicts("bleu noisy", LawKind.LOG_LAW, "extrapolated bleu 7,8 (noisy fit)", within(1.0));
        assertPredicts(
                "ce noiseless", LawKind.CROSS_ENTROPY, "extrapolated ce at points 7,8 (noiseless fit)", within(2e-3));
        assertPredicts("bleu noiseless", LawKind.LOG_LAW, "extrapolated bleu 7,8 (noiseless fit)", within(0.05));
    }

    /** At four times the largest fitted size: within 1 BLEU, 2 % of loss and a third of the last value's error. */
    @Test
    void tenNoisySeriesMeetTheThresholds() {
        double[] bleu = exactBleu();
        double[] loss = Vectors.doubles(cases.get("ce noiseless"));
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            double[] noisyBleu = noisy(bleu, v -> v + 0.1 * random.nextGaussian());
            double error = Math.abs(fit(noisyBleu, LawKind.LOG_LAW, 6).law().at(sizes[7]) - bleu[7]);
            assertThat(error).isLessThan(1.0).isLessThan((bleu[7] - noisyBleu[5]) / 3);
            double[] noisyLoss = noisy(loss, v -> v * (1 + 0.002 * random.nextGaussian()));
            double lossError =
                    Math.abs(fit(noisyLoss, LawKind.CROSS_ENTROPY, 6).law().at(sizes[7]) - loss[7]) / loss[7];
            assertThat(lossError).isLessThan(0.02);
        }
    }

    @Test
    void intervalsHoldTheTruthAndWidenWithDistance() {
        double[] bleu = exactBleu();
        Random random = new Random(4);
        double[] noisy = noisy(bleu, v -> v + 0.1 * random.nextGaussian());
        ScalingFit fit = fit(noisy, LawKind.LOG_LAW, 6);
        Extrapolation near = fit.extrapolations().getFirst();
        Extrapolation far = fit.extrapolations().getLast();
        assertThat(bleu[7]).isBetween(far.interval().low(), far.interval().high());
        assertThat(far.score()).isBetween(far.interval().low(), far.interval().high());
        assertThat(far.interval().high() - far.interval().low())
                .isGreaterThan(near.interval().high() - near.interval().low());
    }

    @Test
    void parametersComeWithIntervals() {
        ScalingFit fit = fit(Vectors.doubles(cases.get("ce noisy")), LawKind.CROSS_ENTROPY, 8);
        assertThat(fit.parameters())
                .extracting(FittedParameter::name)
                .containsExactly("irreducible", "log_amplitude", "alpha");
        assertThat(fit.parameters())
                .allSatisfy(p -> assertThat(p.value())
                        .isBetween(p.interval().low(), p.interval().high()));
    }

    @Test
    void manyPointsAreFittedInTime() {
        Random random = new Random(1);
        List<ScalingPoint> many = IntStream.range(1, 3_001)
                .mapToObj(i -> new ScalingPoint(
                        i * 1000.0, (2 + 30 / Math.pow(i * 1000.0, 0.3)) * (1 + 0.01 * random.nextGaussian())))
                .toList();
        ScalingRequest request = new ScalingRequest(many, LawKind.CROSS_ENTROPY, 1e-3, 0, 20, List.of(1e8), 0);

        assertThat(ScalingFit.of(request, Duration.ofMinutes(1)).law().at(1e8))
                .isCloseTo(2 + 30 / Math.pow(1e8, 0.3), within(0.05));
        assertThatThrownBy(() -> ScalingFit.of(request, Duration.ofMillis(1)))
                .isInstanceOf(FitTimeoutException.class)
                .hasMessageContaining("fewer refits");
    }

    @Test
    void heldOutPointsTestTheLaw() {
        double[] loss = Vectors.doubles(cases.get("ce noiseless"));
        ScalingFit fit =
                ScalingFit.of(new ScalingRequest(points(loss, 8), LawKind.CROSS_ENTROPY, 1e-3, 2, 20, List.of(), 0));
        assertThat(fit.holdoutErrors()).hasSize(2).allSatisfy(e -> assertThat(e).isCloseTo(0, within(1e-6)));
        assertThat(fit.monotone()).isTrue();
    }

    @Test
    void waveringScoresAreWarnedOf() {
        double[] wavering = {10, 12, 11, 13, 12.5, 12, 12, 12};
        ScalingFit fit = fit(wavering, LawKind.LOG_LAW, 8);
        assertThat(fit.monotone()).isFalse();
        assertThat(fit.advice()).contains("Switch or mix");
        List<ScalingPoint> loss = points(Vectors.doubles(cases.get("ce noiseless")), 8);
        assertThat(Alignment.of(loss, points(wavering, 8))).isEqualTo(Alignment.MISALIGNED);
        assertThat(Alignment.of(loss, points(exactBleu(), 8))).isEqualTo(Alignment.ALIGNED);
        assertThat(Alignment.of(points(wavering, 8), loss)).isEqualTo(Alignment.UNDECIDED);
        assertThat(Alignment.MISALIGNED.advice()).contains("Do not extrapolate");
    }

    @Test
    void oneOutlierDoesNotBendTheLaw() {
        double[] loss = Vectors.doubles(cases.get("ce noiseless"));
        double[] spoilt = loss.clone();
        spoilt[2] *= 1.05;
        assertThat(fit(spoilt, LawKind.CROSS_ENTROPY, 6).law().at(sizes[7])).isCloseTo(loss[7], within(0.02));
    }

    @Test
    void refusals() {
        assertThatThrownBy(() ->
                        request(List.of(new ScalingPoint(0, 1), new ScalingPoint(1, -2)), List.of(Double.NaN), -1, 5))
                .isInstanceOf(MetricInputException.class)
                .hasMessageContaining("points[0].size is 0.0")
                .hasMessageContaining("points[1].score is -2.0")
                .hasMessageContaining("sizes[0] is NaN")
                .hasMessageContaining("huber_delta is -1.0")
                .hasMessageContaining("holdout_last is 5 of 2");
        List<ScalingPoint> few =
                List.of(new ScalingPoint(1, 3), new ScalingPoint(1, 3), new ScalingPoint(2, 2), new ScalingPoint(4, 1));
        assertThatThrownBy(() -> request(few, List.of(), 0.1, 0)).hasMessageContaining("has 3 different sizes");
        ScalingLaw law = new ScalingLaw.LogLaw(-3, 0.45, 2);
        assertThatThrownBy(() -> law.at(10)).hasMessageContaining("makes log(A D^alpha) -1.96");
        assertThatThrownBy(() -> law.at(0)).hasMessageContaining("size is 0.0");
    }

    private static ScalingRequest request(List<ScalingPoint> points, List<Double> sizes, double delta, int holdout) {
        return new ScalingRequest(points, LawKind.CROSS_ENTROPY, delta, holdout, 20, sizes, 0);
    }

    private void assertPredicts(String series, LawKind kind, String expected, Offset<Double> close) {
        ScalingFit fit = fit(Vectors.doubles(cases.get(series)), kind, 6);
        double[] values = Vectors.doubles(cases.get(expected));
        assertThat(fit.law().at(sizes[6])).isCloseTo(values[values.length - 2], close);
        assertThat(fit.law().at(sizes[7])).isCloseTo(values[values.length - 1], close);
    }

    private double[] exactBleu() {
        return DoubleStream.of(sizes)
                .map(d -> Math.pow(-3 + 0.45 * Math.log(d), 2))
                .toArray();
    }

    private ScalingFit fit(double[] scores, LawKind kind, int count) {
        return ScalingFit.of(ScalingRequest.of(points(scores, count), kind, List.of(sizes[6], sizes[7])));
    }

    private List<ScalingPoint> points(double[] scores, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ScalingPoint(sizes[i], scores[i]))
                .toList();
    }

    private static double[] noisy(double[] values, DoubleUnaryOperator noise) {
        return DoubleStream.of(values).map(noise).toArray();
    }
}
