package io.graft.cli.job;

import io.graft.cli.name.Names;
import io.graft.cli.terminal.Figures;
import io.graft.v1.ModelRanking;
import io.graft.v1.RankedVersion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rankings as people read them. */
final class RankingText {
    private RankingText() {}

    /** A line a metric, the most promising first. */
    static String of(List<ModelRanking> rankings) {
        return rankings.stream().map(RankingText::line).collect(Collectors.joining("\n"));
    }

    private static String line(ModelRanking ranking) {
        return Figures.name(ranking.getMetric(), "TRANSFERABILITY_METRIC_").toLowerCase(Locale.ROOT) + ": "
                + ranking.getVersionsList().stream().map(RankingText::version).collect(Collectors.joining(", "));
    }

    private static String version(RankedVersion version) {
        return Names.brief(version.getVersion()) + " " + Figures.number(version.getScore());
    }
}
