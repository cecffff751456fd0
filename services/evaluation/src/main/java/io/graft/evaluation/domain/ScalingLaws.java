package io.graft.evaluation.domain;

import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.comparison.Interval;
import io.graft.engine.metrics.scaling.Alignment;
import io.graft.engine.metrics.scaling.FitTimeoutException;
import io.graft.engine.metrics.scaling.ScalingFit;
import io.graft.engine.metrics.scaling.ScalingRequest;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.FieldViolation;
import io.graft.platform.error.GraftException;
import io.graft.v1.ConfidenceInterval;
import io.graft.v1.FitScalingLawRequest;
import io.graft.v1.FitScalingLawResponse;
import io.graft.v1.ScalingAlignment;
import io.graft.v1.ScalingParameter;
import io.graft.v1.ScalingPrediction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Fits scaling laws, one at a time so that many callers can't take all processors. Thread-safe. */
public final class ScalingLaws {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Semaphore turn = new Semaphore(1, true);

    public ScalingLaws() {}

    /**
     * Fits and predicts.
     *
     * @throws GraftException {@code INVALID_REQUEST} naming every bad field, or when it takes longer than 20 s
     */
    public FitScalingLawResponse fit(FitScalingLawRequest request) {
        ScalingRequest effective = ScalingFields.effective(request);
        turn.acquireUninterruptibly();
        try {
            return answer(request, effective, ScalingFit.of(effective, LONGEST));
        } catch (FitTimeoutException e) {
            throw refusal("points", e);
        } catch (MetricInputException e) {
            // The law that fits best has no value at a size asked for.
            throw refusal("sizes", e);
        } finally {
            turn.release();
        }
    }

    private static GraftException refusal(String field, RuntimeException e) {
        return GraftException.invalid(
                ErrorCode.INVALID_REQUEST,
                List.of(new FieldViolation(field, e.getMessage() == null ? "can't be fitted" : e.getMessage())),
                e);
    }

    private static FitScalingLawResponse answer(
            FitScalingLawRequest request, ScalingRequest effective, ScalingFit fit) {
        FitScalingLawResponse.Builder answer = FitScalingLawResponse.newBuilder()
                .setR2(fit.r2())
                .addAllHoldoutErrors(fit.holdoutErrors())
                .setMonotone(fit.monotone())
                .setBootstrap(effective.bootstrap());
        fit.parameters()
                .forEach(parameter -> answer.addParameters(ScalingParameter.newBuilder()
                        .setName(parameter.name())
                        .setValue(parameter.value())
                        .setInterval(interval(parameter.interval()))));
        fit.extrapolations()
                .forEach(there -> answer.addPredictions(ScalingPrediction.newBuilder()
                        .setSize(there.size())
                        .setScore(there.score())
                        .setInterval(interval(there.interval()))));
        if (!fit.monotone()) {
            answer.addWarnings(fit.advice());
        }
        if (request.getLossesCount() > 0) {
            Alignment alignment = Alignment.of(ScalingFields.points(request.getLossesList()), effective.points());
            answer.setAlignment(alignment(alignment));
            if (alignment != Alignment.ALIGNED) {
                answer.addWarnings(alignment.advice());
            }
        }
        return answer.build();
    }

    private static ScalingAlignment alignment(Alignment alignment) {
        return switch (alignment) {
            case ALIGNED -> ScalingAlignment.SCALING_ALIGNMENT_ALIGNED;
            case MISALIGNED -> ScalingAlignment.SCALING_ALIGNMENT_MISALIGNED;
            case UNDECIDED -> ScalingAlignment.SCALING_ALIGNMENT_UNDECIDED;
        };
    }

    private static ConfidenceInterval interval(Interval interval) {
        return ConfidenceInterval.newBuilder()
                .setLow(interval.low())
                .setHigh(interval.high())
                .setLevel(interval.level())
                .build();
    }
}
