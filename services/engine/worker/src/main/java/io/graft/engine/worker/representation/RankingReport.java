package io.graft.engine.worker.representation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.graft.engine.metrics.report.HtmlReport;
import io.graft.engine.metrics.report.Report;
import io.graft.engine.metrics.report.ReportSection;
import io.graft.engine.metrics.report.ReportSection.Bars.Bar;
import io.graft.engine.metrics.transferability.RankedModel;
import io.graft.engine.metrics.transferability.Tmi;
import io.graft.engine.metrics.transferability.Transferability;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.evaluation.ReportFacts;
import io.graft.v1.ClassScore;
import io.graft.v1.ModelRanking;
import io.graft.v1.RankSpec;
import io.graft.v1.RankedVersion;
import io.graft.v1.TransferabilityMetric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a ranking found out: the typed answer, the metrics, {@code report.json} and {@code report.html}. */
final class RankingReport {
    private static final JsonMapper JSON = new JsonMapper();

    private final JobRun run;
    private final RankSpec spec;
    private final TargetRows target;
    private final List<ModelRanking> messages;

    /** @param dimensions features of each version, in the order of the specification */
    RankingReport(
            JobRun run,
            RankSpec spec,
            TargetRows target,
            List<io.graft.engine.metrics.transferability.ModelRanking> rankings,
            List<Integer> dimensions) {
        this.run = run;
        this.spec = spec;
        this.target = target;
        List<ModelRanking> typed = new ArrayList<>();
        for (int i = 0; i < rankings.size(); i++) {
            TransferabilityMetric metric = spec.getMetrics(i);
            ModelRanking.Builder ranking = ModelRanking.newBuilder().setMetric(metric);
            for (RankedModel model : rankings.get(i).ranked()) {
                int features = dimensions.get(spec.getVersionsList().indexOf(model.model()));
                ranking.addVersions(version(metric, model).setFeatures(features));
            }
            typed.add(ranking.build());
        }
        this.messages = List.copyOf(typed);
    }

    private RankedVersion.Builder version(TransferabilityMetric metric, RankedModel model) {
        Transferability score = model.score();
        RankedVersion.Builder version = RankedVersion.newBuilder()
                .setVersion(model.model())
                .setScore(score.value())
                .setSeconds(model.wallTime().toNanos() / 1e9);
        if (RankMetrics.isTmi(metric)) {
            version.setPublishedScore(Tmi.asPublishedCode(score));
        }
        int[] sizes = target.sizes();
        for (int i = 0; i < score.byClass().size(); i++) {
            version.addClasses(ClassScore.newBuilder()
                    .setLabel(target.classes().get(i))
                    .setRows(sizes[i])
                    .setScore(score.byClass().get(i)));
        }
        return version;
    }

    /** What becomes part of the job's result. */
    List<ModelRanking> messages() {
        return messages;
    }

    /** By name: {@code tmi/1} and so on, by the versions' places in the specification. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("rows", (double) target.count());
        metrics.put("classes", (double) target.classes().size());
        for (ModelRanking ranking : messages) {
            for (RankedVersion version : ranking.getVersionsList()) {
                int place = spec.getVersionsList().indexOf(version.getVersion()) + 1;
                metrics.put(RankMetrics.name(ranking.getMetric()) + "/" + place, version.getScore());
            }
        }
        return metrics;
    }

    String json() throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, String> facts = new LinkedHashMap<>();
        facts().forEach(fact -> facts.put(fact.name(), fact.value()));
        json.put("facts", facts);
        json.put("metrics", metrics());
        json.put("versions", spec.getVersionsList());
        Map<String, Object> rankings = new LinkedHashMap<>();
        for (ModelRanking ranking : messages) {
            rankings.put(
                    RankMetrics.name(ranking.getMetric()),
                    ranking.getVersionsList().stream().map(RankingReport::entry).toList());
        }
        json.put("rankings", rankings);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static Map<String, Object> entry(RankedVersion version) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("version", version.getVersion());
        entry.put("score", version.getScore());
        if (version.hasPublishedScore()) {
            entry.put("published_score", version.getPublishedScore());
        }
        entry.put("features", version.getFeatures());
        entry.put("seconds", version.getSeconds());
        Map<String, Double> classes = new LinkedHashMap<>();
        version.getClassesList().forEach(part -> classes.put(part.getLabel(), part.getScore()));
        if (!classes.isEmpty()) {
            entry.put("classes", classes);
        }
        return entry;
    }

    String html() {
        List<ReportSection> sections = new ArrayList<>();
        sections.add(new ReportSection.Note(
                "How to read this",
                "Higher scores promise more. A score says nothing by itself and nothing about how good a model will be: it"
                        + " orders models for this target. Where the metrics disagree, fine-tune the first of each."));
        for (ModelRanking ranking : messages) {
            String name = RankMetrics.name(ranking.getMetric()).toUpperCase(Locale.ROOT);
            sections.add(places(name, ranking));
            sections.add(lead(name, ranking));
            if (ranking.getVersions(0).getClassesCount() > 0) {
                sections.add(classes(name, ranking));
            }
        }
        return HtmlReport.of(new Report("Ranking of models", facts(), sections));
    }

    private List<Report.Fact> facts() {
        return ReportFacts.of(
                run,
                "rank/1 pooling=" + spec.getPooling() + " layer=" + spec.getLayer() + " rows=" + target.count()
                        + " classes=" + target.classes().size() + " seed=" + spec.getSeed() + " k=" + spec.getK()
                        + " min_dist=" + spec.getMinDist() + " norm=" + spec.getNorm() + " normalise="
                        + spec.getNormalise() + " components=" + spec.getComponents());
    }

    private static ReportSection places(String name, ModelRanking ranking) {
        List<List<String>> rows = new ArrayList<>();
        for (RankedVersion version : ranking.getVersionsList()) {
            rows.add(List.of(
                    Integer.toString(rows.size() + 1),
                    version.getVersion(),
                    number(version.getScore()),
                    version.hasPublishedScore() ? number(version.getPublishedScore()) : "–",
                    Integer.toString(version.getFeatures()),
                    String.format(Locale.ROOT, "%.3f", version.getSeconds())));
        }
        return new ReportSection.Table(
                "Ranking by " + name,
                List.of("place", "version", "score", "as in the authors' code", "features", "seconds"),
                rows);
    }

    /** Scores may be negative, so the bars show by how much each is ahead of the last. */
    private static ReportSection lead(String name, ModelRanking ranking) {
        double last = ranking.getVersions(ranking.getVersionsCount() - 1).getScore();
        return new ReportSection.Bars(
                name + " above the last's",
                ranking.getVersionsList().stream()
                        .map(version -> new Bar(version.getVersion(), version.getScore() - last, false))
                        .toList(),
                "");
    }

    private static ReportSection classes(String name, ModelRanking ranking) {
        List<String> columns = new ArrayList<>(List.of("class", "rows"));
        ranking.getVersionsList().forEach(version -> columns.add(version.getVersion()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < ranking.getVersions(0).getClassesCount(); i++) {
            ClassScore first = ranking.getVersions(0).getClasses(i);
            List<String> row = new ArrayList<>(List.of(first.getLabel(), Long.toString(first.getRows())));
            for (RankedVersion version : ranking.getVersionsList()) {
                row.add(number(version.getClasses(i).getScore()));
            }
            rows.add(row);
        }
        return new ReportSection.Table("Each class's part in " + name, columns, rows);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
