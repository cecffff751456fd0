package io.graft.engine.worker.training;

import io.graft.engine.metrics.report.ReportSection;
import io.graft.engine.metrics.report.ReportSection.Intervals.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Shows people what a verification found. */
record VerificationView(Verified verified) {
    /** The answer, the accuracies as a picture and as a table. */
    List<ReportSection> sections() {
        List<Range> ranges = verified.arms().stream()
                .map(arm -> new Range(
                        label(arm), arm.mean(), Collections.min(arm.accuracies()), Collections.max(arm.accuracies())))
                .toList();
        return List.of(
                new ReportSection.Note("Is what stays enough?", answer()),
                new ReportSection.Intervals(
                        "Accuracy on the target: mean, least and greatest of the seeds; the line is everything",
                        ranges,
                        verified.arm(Verified.FULL).mean()),
                table());
    }

    private String answer() {
        double pruned = verified.arm(Verified.PRUNED).mean();
        double lost = verified.arm(Verified.FULL).mean() - pruned;
        double gained = pruned - verified.arm(Verified.RANDOM).mean();
        String answer = String.format(
                Locale.ROOT,
                "%s: a small network that is trained on what stays reaches %.4f on the target, %.4f %s than one that is"
                        + " trained on everything (tolerance %.4f), and %.4f %s than one that is trained on as many rows"
                        + " drawn by chance.",
                verified.isLossless() ? "Yes" : "No",
                pruned,
                Math.abs(lost),
                lost > 0 ? "less" : "more",
                verified.tolerance(),
                Math.abs(gained),
                gained < 0 ? "less" : "more");
        return verified.hasRatios()
                ? answer
                        + String.format(
                                Locale.ROOT,
                                " The greatest ratio that lost no more than the tolerance is %s.",
                                verified.losslessRatio() > 0 ? verified.losslessRatio() : "none of those tried")
                : answer;
    }

    private ReportSection table() {
        List<String> columns = new ArrayList<>(List.of("trained on", "rows", "steps", "mean"));
        verified.seeds().forEach(seed -> columns.add("seed " + seed));
        List<List<String>> rows = verified.arms().stream()
                .map(arm -> {
                    List<String> row = new ArrayList<>(List.of(
                            label(arm), Integer.toString(arm.rows()), Long.toString(arm.steps()), number(arm.mean())));
                    arm.accuracies().forEach(accuracy -> row.add(number(accuracy)));
                    return row;
                })
                .toList();
        return new ReportSection.Table("Each training", columns, rows);
    }

    private static String label(Verified.Arm arm) {
        return switch (arm.name()) {
            case Verified.FULL -> "everything";
            case Verified.PRUNED -> "what stays";
            case Verified.RANDOM -> "as many by chance";
            default -> arm.name();
        };
    }

    private static String number(double accuracy) {
        return String.format(Locale.ROOT, "%.4f", accuracy);
    }
}
