package io.graft.evaluation.domain;

import static io.graft.evaluation.domain.Calls.fields;
import static io.graft.evaluation.domain.Calls.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.FitScalingLawRequest;
import io.graft.v1.FitScalingLawResponse;
import io.graft.v1.ScalingAlignment;
import io.graft.v1.ScalingLawKind;
import io.graft.v1.ScalingParameter;
import io.graft.v1.ScalingPoint;
import io.graft.v1.ScalingPrediction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScalingLawsTest {
    private static final double[] SIZES = {1e6, 2e6, 4e6, 8e6, 1.6e7, 3.2e7};

    private final ScalingLaws laws = new ScalingLaws();

    @Test
    void continuesALossWithIntervals() {
        FitScalingLawResponse fit =
                laws.fit(request(ScalingLawKind.SCALING_LAW_KIND_CROSS_ENTROPY, ScalingLawsTest::loss)
                        .addSizes(1.28e8)
                        .setHoldoutLast(1)
                        .build());

        ScalingPrediction far = fit.getPredictions(0);
        assertThat(far.getScore()).isCloseTo(loss(1.28e8), within(1e-4));
        assertThat(far.getInterval().getLevel()).isEqualTo(0.95);
        assertThat(far.getScore())
                .isBetween(far.getInterval().getLow() - 1e-9, far.getInterval().getHigh() + 1e-9);
        assertThat(fit.getParametersList())
                .extracting(ScalingParameter::getName)
                .containsExactly("irreducible", "log_amplitude", "alpha");
        assertThat(fit.getHoldoutErrorsList()).hasSize(1);
        assertThat(fit.getMonotone()).isTrue();
        assertThat(fit.getWarningsList()).isEmpty();
        assertThat(fit.getBootstrap()).isEqualTo(200);
        assertThat(fit.getAlignment()).isEqualTo(ScalingAlignment.SCALING_ALIGNMENT_UNSPECIFIED);
    }

    @Test
    void warnsWhenTheLossFallsAndTheScoreDoesNotRise() {
        FitScalingLawRequest.Builder wavering =
                request(ScalingLawKind.SCALING_LAW_KIND_LOG_LAW, size -> size == SIZES[3] ? 5 : Math.log(size) - 8);
        addLosses(wavering);

        FitScalingLawResponse fit = laws.fit(wavering.build());

        assertThat(fit.getAlignment()).isEqualTo(ScalingAlignment.SCALING_ALIGNMENT_MISALIGNED);
        assertThat(fit.getWarningsList())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("Do not extrapolate from the loss"));
    }

    @Test
    void isContentWhenLossAndScoreImprove() {
        FitScalingLawRequest.Builder aligned =
                request(ScalingLawKind.SCALING_LAW_KIND_LOG_LAW, size -> Math.log(size) - 8);
        addLosses(aligned);

        FitScalingLawResponse fit = laws.fit(aligned.build());

        assertThat(fit.getAlignment()).isEqualTo(ScalingAlignment.SCALING_ALIGNMENT_ALIGNED);
        assertThat(fit.getWarningsList()).isEmpty();
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        GraftException refused = refusal(() -> laws.fit(FitScalingLawRequest.newBuilder()
                .addPoints(ScalingPoint.newBuilder().setSize(-1).setScore(2))
                .addPoints(ScalingPoint.newBuilder().setSize(1).setScore(Double.NaN))
                .addLosses(ScalingPoint.newBuilder().setSize(1))
                .addSizes(0)
                .setHuberDelta(-1)
                .setHoldoutLast(9)
                .setBootstrap(7)
                .setSeed(-1)
                .build()));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fields(refused))
                .containsExactlyInAnyOrder(
                        "kind",
                        "points[0].size",
                        "points[1].score",
                        "losses[0].score",
                        "losses",
                        "sizes[0]",
                        "huber_delta",
                        "holdout_last",
                        "bootstrap",
                        "seed");
    }

    @Test
    void refusesTooFewAndTooMany() {
        FitScalingLawRequest.Builder few = request(ScalingLawKind.SCALING_LAW_KIND_CROSS_ENTROPY, ScalingLawsTest::loss)
                .setHoldoutLast(3);
        FitScalingLawRequest.Builder many = FitScalingLawRequest.newBuilder();
        IntStream.rangeClosed(0, 10_000)
                .forEach(
                        i -> many.addPoints(ScalingPoint.newBuilder().setSize(1).setScore(1)));
        IntStream.rangeClosed(0, 100).forEach(i -> many.addSizes(1));

        assertThat(fields(refusal(() -> laws.fit(few.build())))).containsExactly("points");
        assertThat(fields(refusal(() -> laws.fit(many.build())))).containsExactly("kind", "sizes", "points");
    }

    @Test
    void refusesASizeThatTheLawIsNotDefinedAt() {
        FitScalingLawRequest.Builder request = request(
                        ScalingLawKind.SCALING_LAW_KIND_LOG_LAW, size -> Math.log(size) - 8)
                .addSizes(1);

        assertThat(fields(refusal(() -> laws.fit(request.build())))).containsExactly("sizes");
    }

    private static double loss(double size) {
        return 2 + 30 / Math.pow(size, 0.3);
    }

    private static void addLosses(FitScalingLawRequest.Builder request) {
        for (double size : SIZES) {
            request.addLosses(ScalingPoint.newBuilder().setSize(size).setScore(loss(size)));
        }
    }

    private static FitScalingLawRequest.Builder request(ScalingLawKind kind, DoubleUnaryOperator score) {
        FitScalingLawRequest.Builder request = FitScalingLawRequest.newBuilder().setKind(kind);
        for (double size : SIZES) {
            request.addPoints(ScalingPoint.newBuilder().setSize(size).setScore(score.applyAsDouble(size)));
        }
        return request;
    }
}
