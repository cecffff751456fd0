package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.FinetuneSpec;
import io.graft.v1.OutputForm;
import io.graft.v1.SubmitFinetuneRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft finetune}. */
@Command(name = "finetune", description = "Adapt a model to a task: train a LoRA adapter on it, or every weight of it.")
public final class FinetuneCommand implements Callable<Integer> {
    @Option(names = "--base", required = true, paramLabel = "VERSION", description = "the version to start from")
    String base = "";

    @Option(
            names = "--output-model",
            required = true,
            paramLabel = "MODEL",
            description = "the model that gets the new version; created when absent")
    String outputModel = "";

    @Option(
            names = "--objective",
            required = true,
            paramLabel = "NAME",
            description = "what is learned: classification, pair_classification, contrastive, causal_lm")
    String objective = "";

    @Option(names = "--adapter", paramLabel = "NAME", description = "what is trained: lora, or full (default lora)")
    String adapter = "";

    @Option(names = "--merged", description = "store whole weights with the adapter merged in")
    boolean merged;

    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    LoopOptions loop = new LoopOptions();

    @Mixin
    MethodOptions methods = new MethodOptions();

    @Mixin
    WeightsOptions weights = new WeightsOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    FinetuneCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        methods.requireKinds("objective", "adapter", "optimizer", "schedule", "stopping");
        SubmitFinetuneRequest request = SubmitFinetuneRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec())
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().finetuning().submitFinetune(request))
                .value();
    }

    private FinetuneSpec spec() {
        FinetuneSpec.Builder spec = FinetuneSpec.newBuilder()
                .setBase(invocation.names().version(base))
                .setOutputModel(invocation.names().model(outputModel))
                .setData(data.data(invocation))
                .setObjective(methods.choice("objective", objective))
                .setAdapter(methods.choice("adapter", adapter))
                .setLoop(loop.loop(methods));
        if (merged) {
            spec.setOutput(OutputForm.OUTPUT_FORM_MERGED);
        }
        if (weights.isGiven()) {
            spec.setWeights(weights.format());
        }
        return spec.build();
    }
}
