package io.graft.engine.worker.representation;

import io.graft.engine.metrics.transferability.ModelRanking;
import io.graft.engine.metrics.transferability.SourceModel;
import io.graft.engine.metrics.transferability.TransferabilityMetric;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.JobRunner;
import io.graft.engine.worker.JobSpec;
import io.graft.engine.worker.ModelFiles;
import io.graft.engine.worker.OutputFolder;
import io.graft.engine.worker.training.ComputeRefusals;
import io.graft.engine.worker.training.DataRows;
import io.graft.engine.worker.training.Roles;
import io.graft.v1.AssignmentInput;
import io.graft.v1.Manifest;
import io.graft.v1.RankSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs of kind {@code rank}: which of some versions promises most for a target. The output is a report and no version. */
public final class RankRunner implements JobRunner {
    private static final long REPORT = 1L << 18;

    /** For ServiceLoader. */
    public RankRunner() {}

    @Override
    public String kind() {
        return "rank";
    }

    @Override
    public boolean reads(AssignmentInput input, String path) {
        return input.getRole().equals(Roles.DATA) || !path.equals(ModelFiles.MODEL_CARD);
    }

    @Override
    public long outputBytes(Map<String, Manifest> inputs) {
        return REPORT;
    }

    @Override
    public JobOutput run(JobRun run) throws IOException {
        RankSpec spec = JobSpec.of(run.assignment(), RankSpec.class);
        run.stop().poll();
        try {
            return ranked(run, spec);
        } catch (RuntimeException e) {
            throw ComputeRefusals.explained(e);
        }
    }

    private static JobOutput ranked(JobRun run, RankSpec spec) throws IOException {
        DataRows rows = new DataRows(
                run.input(Roles.DATA).folder(),
                spec.getTarget(),
                spec.getMaxLength(),
                spec.getLongRows(),
                spec.getSeed());
        TargetRows target = TargetRows.draw(rows, spec.getMaxSamples(), spec.getSeed());
        List<ModelRanking> rankings = new ArrayList<>();
        for (io.graft.v1.TransferabilityMetric metric : spec.getMetricsList()) {
            TransferabilityMetric chosen = RankMetrics.of(metric, spec);
            if (RankMetrics.isTmi(metric)) {
                target.requireMoreThan(spec.getK());
            }
            rankings.add(new ModelRanking(chosen, target.labels()));
        }
        boolean heads = spec.getMetricsList().stream().anyMatch(RankMetrics::needsHead);
        VersionFeatures features = new VersionFeatures(run, spec, target, heads);
        List<Integer> dimensions = new ArrayList<>();
        for (int i = 1; i <= spec.getVersionsCount(); i++) {
            run.progress().begin("score", target.count());
            SourceModel model = features.of(run.input(Roles.VERSION + "_" + i));
            dimensions.add(model.dimension());
            for (ModelRanking ranking : rankings) {
                run.stop().check();
                ranking.add(model);
            }
        }
        RankingReport report = new RankingReport(run, spec, target, rankings, dimensions);
        OutputFolder output = new OutputFolder(run.output());
        output.write("report.json", report.json());
        output.write("report.html", report.html());
        return JobOutput.ranked(output.files(), report.metrics(), report.messages());
    }
}
