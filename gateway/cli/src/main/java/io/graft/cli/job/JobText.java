package io.graft.cli.job;

import com.google.protobuf.Timestamp;
import io.graft.cli.name.Names;
import io.graft.cli.terminal.Fields;
import io.graft.cli.terminal.Figures;
import io.graft.v1.Job;
import io.graft.v1.JobFailure;
import io.graft.v1.JobProgress;
import io.graft.v1.JobState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A job as people read it. */
public final class JobText {
    private JobText() {}

    public static void print(Job job, PrintStream out) {
        Fields fields = new Fields()
                .add("job", job.getName().isEmpty() ? "(only checked)" : job.getName())
                .add("kind", job.getKind())
                .add("state", state(job.getState()))
                .add("attempt", job.getAttempt() == 0 ? "" : job.getAttempt())
                .add("progress", job.hasProgress() ? progress(job.getProgress()) : "")
                .add("inputs", brief(job.getInputsList()))
                .add("outputs", brief(job.getOutputsList()))
                .add("result", metrics(job.getResult().getMetricsMap()))
                .add(
                        "gate",
                        job.getResult().hasGate() ? GateText.of(job.getResult().getGate()) : "")
                .add("ranking", RankingText.of(job.getResult().getRankingsList()))
                .add("report", report(job))
                .add(
                        "checkpoint",
                        job.hasCheckpoint()
                                ? "step " + Figures.count(job.getCheckpoint().getStep())
                                : "")
                .add(
                        "resumed from",
                        job.getResumedFromStep() == 0 ? "" : "step " + Figures.count(job.getResumedFromStep()))
                .add("lost steps", job.getLostSteps() == 0 ? "" : Figures.count(job.getLostSteps()))
                .add("failure", job.hasFailure() ? failure(job.getFailure()) : "")
                .labels(job.getLabelsMap())
                .add("request id", job.getRequestId())
                .add("created", Figures.time(job.getCreateTime()))
                .add("started", Figures.time(job.getStartTime()))
                .add("ended", Figures.time(job.getEndTime()))
                .add("took", job.hasEndTime() ? took(job.getCreateTime(), job.getEndTime()) : "")
                .add("trace", job.getTraceId())
                .add("warnings", String.join("\n", job.getWarningsList()));
        if (job.hasEstimate()) {
            fields.add("memory", Figures.bytes(job.getEstimate().getMemoryBytes()))
                    .add("scratch", Figures.bytes(job.getEstimate().getDiskBytes()))
                    .add("output size", Figures.bytes(job.getEstimate().getOutputBytes()))
                    .add("time", job.getEstimate().hasTime() ? time(job) : "")
                    .add("arithmetic", String.join("\n", job.getEstimate().getArithmeticList()));
        }
        fields.print(out);
    }

    /** The command that links to the page about a job. */
    private static String report(Job job) {
        String page = job.getResult().getReport();
        return page.isEmpty()
                ? ""
                : page + ": graft jobs report "
                        + job.getName().substring(job.getName().lastIndexOf('/') + 1);
    }

    public static String state(JobState state) {
        return Figures.name(state, "JOB_STATE_");
    }

    /** The failure's reason, code and message, and its facts a line each. */
    static String failure(JobFailure failure) {
        StringBuilder text = new StringBuilder(Figures.name(failure.getReason(), "FAILURE_REASON_"))
                .append(' ')
                .append(failure.getCode())
                .append('\n')
                .append(failure.getMessage());
        failure.getMetadataMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> text.append('\n').append(e.getKey()).append(" = ").append(e.getValue()));
        return text.toString();
    }

    private static String progress(JobProgress progress) {
        String of = progress.getOf() == 0 ? "" : " of " + Figures.count(progress.getOf());
        String metrics = metrics(progress.getMetricsMap());
        return progress.getStage() + " " + Figures.count(progress.getStep()) + of
                + (metrics.isEmpty() ? "" : "\n" + metrics);
    }

    /** Measurements by name, a line each. */
    private static String metrics(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(metric -> metric.getKey() + " = " + Figures.number(metric.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String time(Job job) {
        return "about "
                + Figures.span(Duration.ofSeconds(job.getEstimate().getTime().getSeconds()));
    }

    private static String brief(List<String> names) {
        return names.stream().map(Names::brief).collect(Collectors.joining(", "));
    }

    private static String took(Timestamp from, Timestamp to) {
        return Figures.span(Duration.ofSeconds(to.getSeconds() - from.getSeconds(), to.getNanos() - from.getNanos()));
    }
}
