package io.graft.evaluation.domain;

import io.graft.engine.metrics.MetricInputException;
import io.graft.engine.metrics.scaling.LawKind;
import io.graft.engine.metrics.scaling.ScalingPoint;
import io.graft.engine.metrics.scaling.ScalingRequest;
import io.graft.platform.error.GraftException;
import io.graft.platform.error.Violations;
import io.graft.v1.FitScalingLawRequest;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Checks what a law is asked to be fitted to, and fills in what is not said. */
final class ScalingFields {
    private static final int MOST_POINTS = 10_000;
    private static final int MOST_SIZES = 100;
    private static final int FEWEST_REFITS = 20;
    private static final int STANDARD_REFITS = 200;
    private static final int MOST_REFITS = 1000;
    private static final int REFITTED_POINTS = 200_000;
    private static final long GREATEST_SEED = 1L << 53;

    private ScalingFields() {}

    /**
     * What to fit.
     *
     * @throws GraftException {@code INVALID_REQUEST} naming every bad field, up to 20 of the points
     */
    static ScalingRequest effective(FitScalingLawRequest request) {
        Violations violations = new Violations();
        LawKind kind = kind(request);
        violations.require(kind != null, "kind", "is required; choose CROSS_ENTROPY for losses, LOG_LAW for scores");
        violations.require(
                request.getSizesCount() <= MOST_SIZES, "sizes", "has " + request.getSizesCount() + " of 100 at most");
        int refits = request.getBootstrap();
        violations.require(
                refits == 0 || (refits >= FEWEST_REFITS && refits <= MOST_REFITS),
                "bootstrap",
                "is " + refits + "; it is 0 or a whole number from 20 to 1000");
        violations.require(
                request.getSeed() >= 0 && request.getSeed() <= GREATEST_SEED,
                "seed",
                "is " + request.getSeed() + "; it is a whole number from 0 to 2^53");
        if (request.getPointsCount() > MOST_POINTS || request.getLossesCount() > MOST_POINTS) {
            violations.require(request.getPointsCount() <= MOST_POINTS, "points", tooMany(request.getPointsCount()));
            violations.require(request.getLossesCount() <= MOST_POINTS, "losses", tooMany(request.getLossesCount()));
            violations.throwIfAny();
        }
        checkLosses(violations, request, kind);
        ScalingRequest effective = checked(violations, request, kind == null ? LawKind.CROSS_ENTROPY : kind);
        violations.throwIfAny();
        if (effective == null) {
            throw new IllegalStateException("a bad field was not noted");
        }
        return effective;
    }

    private static String tooMany(int count) {
        return "has " + count + " entries of " + MOST_POINTS + " at most; give the mean score of each size";
    }

    private static @Nullable ScalingRequest checked(Violations violations, FitScalingLawRequest request, LawKind kind) {
        int refits = request.getBootstrap() == 0 ? standardRefits(request.getPointsCount()) : request.getBootstrap();
        try {
            return new ScalingRequest(
                    points(request.getPointsList()),
                    kind,
                    request.hasHuberDelta() ? request.getHuberDelta() : kind.usualHuberDelta(),
                    request.getHoldoutLast(),
                    Math.max(FEWEST_REFITS, refits),
                    request.getSizesList(),
                    request.getSeed());
        } catch (MetricInputException e) {
            e.problems().forEach(p -> violations.add(p.field(), p.what() + "; " + p.cure()));
            return null;
        }
    }

    private static void checkLosses(Violations violations, FitScalingLawRequest request, @Nullable LawKind kind) {
        if (request.getLossesCount() == 0) {
            return;
        }
        violations.require(
                kind != LawKind.CROSS_ENTROPY, "losses", "go with LOG_LAW only; give losses as points otherwise");
        for (int i = 0; i < request.getLossesCount(); i++) {
            double loss = request.getLosses(i).getScore();
            violations.require(
                    loss > 0 && Double.isFinite(loss), "losses[" + i + "].score", "is " + loss + "; it is above 0");
        }
        violations.require(
                sizes(request.getLossesList()).equals(sizes(request.getPointsList())),
                "losses",
                "are of other sizes than the points; give the loss of each size that was scored, and of no other");
    }

    private static List<Double> sizes(List<io.graft.v1.ScalingPoint> points) {
        return points.stream()
                .flatMapToDouble(point -> DoubleStream.of(point.getSize()))
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private static int standardRefits(int points) {
        return Math.min(STANDARD_REFITS, REFITTED_POINTS / Math.max(1, points));
    }

    private static @Nullable LawKind kind(FitScalingLawRequest request) {
        return switch (request.getKind()) {
            case SCALING_LAW_KIND_CROSS_ENTROPY -> LawKind.CROSS_ENTROPY;
            case SCALING_LAW_KIND_LOG_LAW -> LawKind.LOG_LAW;
            case SCALING_LAW_KIND_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }

    /** The points as the engine has them. */
    static List<ScalingPoint> points(List<io.graft.v1.ScalingPoint> points) {
        return points.stream()
                .map(point -> new ScalingPoint(point.getSize(), point.getScore()))
                .toList();
    }
}
