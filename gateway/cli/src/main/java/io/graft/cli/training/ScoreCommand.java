package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.ScoreSpec;
import io.graft.v1.ScoringKind;
import io.graft.v1.SubmitScoringRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft score}. */
@Command(
        name = "score",
        description = {
            "Score predictions that a data set holds already, whatever made them; the numbers are the job's result.",
            "With --against, score the predictions of another column of the same rows, and with --gate let a gate decide"
                    + " between them: with --watch, the command exits with 7 when the predictions do not pass."
        })
public final class ScoreCommand implements Callable<Integer> {
    /** What predictions are. */
    enum Kind {
        TRANSCRIPTION,
        TRANSLATION,
        SUMMARY,
        ANSWER,
        LABEL,
        SEGMENTATION
    }

    @Option(names = "--data", required = true, paramLabel = "DATASET/N", description = "the data set version")
    String data = "";

    @Option(names = "--split", paramLabel = "NAME", description = "split, folder or file to read (default: every row)")
    String split = "";

    @Option(names = "--max-rows", paramLabel = "N", description = "rows to read at most")
    long maxRows;

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "what the predictions are: transcription (cer, wer), translation (bleu, chrf, ter), summary"
                    + " (rouge1, rouge2, rougeL, rougeLsum), answer (f1, exact_match), label (accuracy, f1_macro),"
                    + " segmentation (miou, pixel_accuracy)")
    Kind kind = Kind.TRANSCRIPTION;

    @Option(names = "--prediction", required = true, paramLabel = "COLUMN", description = "the predictions")
    String prediction = "";

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "COLUMN",
            description = "the truth; may be repeated where several references are scored")
    List<String> references = new ArrayList<>();

    @Option(names = "--against", paramLabel = "COLUMN", description = "other predictions, to compare with")
    String against = "";

    @Option(
            names = "--ignore-index",
            paramLabel = "N",
            description = "the class that marks pixels to leave out (default 255; negative for none)")
    @Nullable
    Integer ignoreIndex;

    @Mixin
    RuleOptions gate = new RuleOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    ScoreCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ScoreSpec.Builder spec = ScoreSpec.newBuilder()
                .setDataset(invocation.names().datasetVersion(data))
                .setSplit(split)
                .setMaxRows(maxRows)
                .setKind(ScoringKind.valueOf("SCORING_KIND_" + kind.name()))
                .setPrediction(prediction)
                .addAllReferences(references)
                .setBaseline(against);
        if (ignoreIndex != null) {
            spec.setIgnoreIndex(ignoreIndex);
        }
        gate.rule(!against.isEmpty()).ifPresent(spec::setGate);
        SubmitScoringRequest request = SubmitScoringRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec)
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().evaluation().submitScoring(request))
                .value();
    }
}
