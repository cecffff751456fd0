package io.graft.engine.worker.evaluation;

import io.graft.engine.metrics.gate.GateVerdict;
import io.graft.engine.metrics.report.Report.Fact;
import io.graft.engine.worker.JobOutput;
import io.graft.engine.worker.JobRun;
import io.graft.engine.worker.OutputFolder;
import io.graft.v1.ArtifactKind;
import io.graft.v1.GateRule;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an evaluation found out, before it is written down.
 *
 * @param facts what was measured with what
 * @param metrics the job's
 * @param pairing null when nothing was compared
 * @param verdict null without a gate
 */
record EvaluationReport(
        List<Fact> facts,
        SortedMap<String, Double> metrics,
        Measurement measured,
        @Nullable Pairing pairing,
        @Nullable GateVerdict verdict) {
    EvaluationReport {
        facts = List.copyOf(facts);
    }

    /** Of one alone. */
    static EvaluationReport of(List<Fact> facts, Measurement measured) {
        return new EvaluationReport(facts, measured.metrics(), measured, null, null);
    }

    /** Of two. */
    static EvaluationReport of(List<Fact> facts, Pairing pairing, @Nullable GateVerdict verdict) {
        return new EvaluationReport(
                facts, pairing.metrics(), pairing.candidate().measurement(), pairing, verdict);
    }

    /**
     * Writes {@code report.json}, {@code report.html} and what else was measured, the baseline's in a folder
     * {@code baseline}.
     *
     * @param rule that the verdict is about, if there is one
     */
    JobOutput write(JobRun run, GateRule rule) throws IOException {
        Path json = run.output().resolve("report.json");
        new JsonReport(this).write(json);
        OutputFolder output = new OutputFolder(run.output());
        output.add(List.of(json));
        output.write("report.html", new PageReport(this).html());
        write(measured.extras(), run.output(), output);
        if (pairing != null) {
            write(pairing.baseline().measurement().extras(), run.output().resolve("baseline"), output);
        }
        return new JobOutput(
                ArtifactKind.ARTIFACT_KIND_UNSPECIFIED,
                output.files(),
                metrics,
                verdict == null ? null : GateMessages.verdict(verdict, rule));
    }

    private static void write(Extras extras, Path folder, OutputFolder output) throws IOException {
        for (Map.Entry<String, Extras.Content> file : extras.files().entrySet()) {
            Path path = Files.createDirectories(folder).resolve(file.getKey());
            try (Writer out = Files.newBufferedWriter(path)) {
                file.getValue().write(out);
            }
            output.add(List.of(path));
        }
    }

    /** What the baseline scored. */
    Optional<Measurement> baseline() {
        return Optional.ofNullable(pairing).map(pair -> pair.baseline().measurement());
    }
}
