package io.graft.engine.worker.training;

import io.graft.engine.metrics.report.HtmlReport;
import io.graft.engine.metrics.report.Report;
import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.metrics.report.ReportSection;
import io.graft.engine.metrics.report.ReportSection.Bars.Bar;
import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.ClassRanking.ClassScore;
import io.graft.engine.pruning.KeptSamples;
import io.graft.engine.worker.JobRun;
import io.graft.v1.AssignmentInput;
import io.graft.v1.PruneSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the page about a pruning for people, which loads nothing. The same for every attempt, and for another job like it. */
record PruningPage(JobRun run, PrunedRows pruned) {
    /** Where it lies in the data set. */
    static final String FILE = "pruning/report.html";

    private static final String LEFT_OUT = "left out";
    private static final int MOST_LISTED = 1000;
    private static final int SHARES = 10;

    String html() {
        List<ReportSection> sections = new ArrayList<>();
        sections.add(new ReportSection.Note("In short", summary()));
        @Nullable Verified verified = pruned.verified();
        if (verified != null) {
            sections.addAll(new VerificationView(verified).sections());
        }
        @Nullable ClassRanking ranking = pruned.pruning().ranking();
        if (ranking != null) {
            sections.add(votes(ranking));
            sections.add(coverage(ranking));
        } else if (pruned.samples().classes() > 0) {
            sections.add(keptRows());
        }
        if (!pruned.pruning().droppedClasses().isEmpty()) {
            sections.add(leftOut());
        }
        if (ranking != null && ranking.keptWithoutVotes() > 0) {
            sections.add(byTies(ranking));
        }
        sections.add(numbers());
        return HtmlReport.of(new Report("Pruning", facts(), sections));
    }

    private List<Fact> facts() {
        PruneSpec spec = pruned.spec();
        List<Fact> facts = new ArrayList<>();
        for (AssignmentInput input : run.assignment().getInputsList()) {
            facts.add(new Fact(input.getRole(), input.getVersion() + " " + input.getDigest()));
        }
        facts.add(new Fact("method", spec.getMethod().getName()));
        facts.add(new Fact(
                "asked for",
                spec.hasKeepClasses()
                        ? spec.getKeepClasses() + " classes stay"
                        : "a share of " + spec.getPruneRatio() + " goes at most"));
        facts.add(new Fact("seed", Long.toString(spec.getSeed())));
        return facts;
    }

    private String summary() {
        KeptSamples kept = pruned.pruning().kept();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d of %,d rows stay, so that an epoch over them is %.2f times shorter.",
                kept.count(),
                kept.total(),
                kept.expectedSpeedUp()));
        int classes = pruned.classes();
        if (classes > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    " They come from %,d of %,d %s.",
                    pruned.pruning().keptClasses().size(),
                    classes,
                    pruned.areOwnClasses() ? "classes" : "clusters"));
        }
        @Nullable Double net = pruned.metrics().get("net_speed_up");
        if (net != null) {
            text.append(String.format(
                    Locale.ROOT, " With the surrogate's cost counted, training is %.2f times cheaper.", net));
        }
        @Nullable ClassRanking ranking = pruned.pruning().ranking();
        if (ranking != null) {
            text.append(String.format(
                    Locale.ROOT, " %.1f %% of the target's votes went to what stays.", 100 * ranking.coverage()));
        }
        return text.toString();
    }

    private ReportSection votes(ClassRanking ranking) {
        Set<Integer> dropped = new HashSet<>(pruned.pruning().droppedClasses());
        return new ReportSection.Bars(
                "Votes of the target's rows, most first",
                ranking.classes().stream()
                        .map(each -> new Bar(pruned.name(each.id()), each.votes(), dropped.contains(each.id())))
                        .toList(),
                LEFT_OUT);
    }

    /** What any other budget would cover. */
    private static ReportSection coverage(ClassRanking ranking) {
        List<ClassScore> classes = ranking.classes();
        double all = classes.stream().mapToLong(ClassScore::votes).sum();
        List<Bar> bars = IntStream.rangeClosed(1, SHARES)
                .map(tenth -> Math.max(1, classes.size() * tenth / SHARES))
                .distinct()
                .mapToObj(kept -> {
                    long votes = classes.subList(0, kept).stream()
                            .mapToLong(ClassScore::votes)
                            .sum();
                    return new Bar("first " + kept, votes / all, false);
                })
                .toList();
        return new ReportSection.Bars("Share of the votes that the first classes cover", bars, "");
    }

    private ReportSection keptRows() {
        int[] all = pruned.samples().classSizes();
        int[] kept = new int[all.length];
        pruned.pruning().kept().indices().forEach(row -> kept[pruned.samples().label(row)]++);
        List<Bar> bars = IntStream.range(0, all.length)
                .mapToObj(id -> new Bar(
                        pruned.names().get(id) + " (" + kept[id] + " of " + all[id] + ")", kept[id], kept[id] == 0))
                .toList();
        return new ReportSection.Bars("Rows that stay of each class", bars, LEFT_OUT);
    }

    private ReportSection leftOut() {
        int[] sizes = pruned.samples().classSizes();
        Map<Integer, ClassScore> scores = pruned.scores();
        List<Integer> dropped = pruned.pruning().droppedClasses().stream()
                .sorted(Comparator.comparingLong(id -> -votes(scores, id)))
                .toList();
        List<List<String>> rows = dropped.stream()
                .limit(MOST_LISTED)
                .map(id -> List.of(
                        pruned.name(id),
                        pruned.areOwnClasses() ? Integer.toString(sizes[id]) : "–",
                        scores.isEmpty() ? "–" : Long.toString(votes(scores, id))))
                .toList();
        String first = dropped.size() > MOST_LISTED ? ", the first " + MOST_LISTED : "";
        return new ReportSection.Table(
                "Left out: " + dropped.size() + (pruned.areOwnClasses() ? " classes" : " clusters") + first,
                List.of(pruned.areOwnClasses() ? "class" : "cluster", "rows", "votes"),
                rows);
    }

    private static long votes(Map<Integer, ClassScore> scores, int id) {
        @Nullable ClassScore score = scores.get(id);
        return score == null ? 0 : score.votes();
    }

    private ReportSection byTies(ClassRanking ranking) {
        List<List<String>> rows = ranking.classes().subList(0, ranking.keep()).stream()
                .filter(each -> each.votes() == 0)
                .limit(MOST_LISTED)
                .map(each -> List.of(pruned.name(each.id()), String.format(Locale.ROOT, "%.3g", each.likelihood())))
                .toList();
        return new ReportSection.Table(
                "Stay without a vote, only by the way ties are broken: " + ranking.keptWithoutVotes(),
                List.of("class", "mean likelihood"),
                rows);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.6g", value);
    }

    private ReportSection numbers() {
        return new ReportSection.Table(
                "All numbers",
                List.of("metric", "value"),
                pruned.metrics().entrySet().stream()
                        .map(each -> List.of(each.getKey(), number(each.getValue())))
                        .toList());
    }
}
