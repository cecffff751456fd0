package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.MergeSpec;
import io.graft.v1.SubmitMergeRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft merge}. */
@Command(name = "merge", description = "Merge an adapter into its base: the result is a version of whole weights.")
public final class MergeCommand implements Callable<Integer> {
    @Option(names = "--adapter", required = true, paramLabel = "VERSION", description = "the adapter")
    String adapter = "";

    @Option(
            names = "--base",
            paramLabel = "VERSION",
            description = "the version it was trained on (default: the one that its lineage names)")
    String base = "";

    @Option(
            names = "--output-model",
            required = true,
            paramLabel = "MODEL",
            description = "the model that gets the new version; created when absent")
    String outputModel = "";

    @Mixin
    WeightsOptions weights = new WeightsOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    MergeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        SubmitMergeRequest request = SubmitMergeRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(MergeSpec.newBuilder()
                        .setAdapter(invocation.names().version(adapter))
                        .setBase(base.isEmpty() ? "" : invocation.names().version(base))
                        .setOutputModel(invocation.names().model(outputModel))
                        .setWeights(weights.format()))
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().finetuning().submitMerge(request))
                .value();
    }
}
