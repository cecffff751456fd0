package io.graft.cli.transfer;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.DiffSpec;
import io.graft.v1.SubmitDiffRequest;
import io.graft.v1.VersionPair;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "diff", description = "Keep an update as a version of its own: finetuned - base.")
final class TransferDiff implements Callable<Integer> {
    @Option(
            names = "--source-base",
            required = true,
            paramLabel = "VERSION",
            description = "the base that was fine-tuned")
    String sourceBase = "";

    @Option(
            names = "--source-finetuned",
            required = true,
            paramLabel = "VERSION",
            description = "the result of fine-tuning it")
    String sourceFinetuned = "";

    @Option(
            names = "--output-model",
            required = true,
            paramLabel = "MODEL",
            description = "the model that gets the diff vector; created when absent")
    String outputModel = "";

    @Mixin
    TensorSelection selection = new TensorSelection();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    TransferDiff(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        DiffSpec spec = DiffSpec.newBuilder()
                .setSource(VersionPair.newBuilder()
                        .setBase(invocation.names().version(sourceBase))
                        .setFinetuned(invocation.names().version(sourceFinetuned)))
                .setOutputModel(invocation.names().model(outputModel))
                .addAllInclude(selection.include)
                .addAllExclude(selection.exclude)
                .setOutputDtype(selection.dtype)
                .setMaxShardBytes(selection.maxShardBytes)
                .build();
        SubmitDiffRequest request = SubmitDiffRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec)
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().transfer().submitDiff(request))
                .value();
    }
}
