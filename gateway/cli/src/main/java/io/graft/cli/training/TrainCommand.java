package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.SubmitTrainRequest;
import io.graft.v1.TrainSpec;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft train}. */
@Command(
        name = "train",
        description =
                "Train every weight: a new model from a config.json, or go on with the pre-training of a version.")
public final class TrainCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1", exclusive = false)
    StartOptions start = new StartOptions();

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
            description = "what is learned: causal_lm, classification")
    String objective = "";

    @Option(
            names = "--parametrization",
            paramLabel = "NAME",
            description = "how rates and initial weights follow the width of a new model (default standard)")
    String parametrization = "";

    @Option(names = "--packing", description = "join texts and cut them into rows of --max-length tokens")
    boolean packing;

    @Mixin
    ReplayOptions replay = new ReplayOptions();

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

    TrainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        methods.requireKinds("objective", "parametrization", "optimizer", "schedule", "stopping");
        SubmitTrainRequest request = SubmitTrainRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec())
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().training().submitTrain(request))
                .value();
    }

    private TrainSpec spec() {
        TrainSpec.Builder spec = TrainSpec.newBuilder()
                .setOutputModel(invocation.names().model(outputModel))
                .setData(data.data(invocation))
                .setObjective(methods.choice("objective", objective))
                .setLoop(loop.loop(methods))
                .setPacking(packing)
                .setWeights(weights.format());
        start.fill(spec, invocation);
        replay.fill(spec, invocation);
        var parametrized = methods.choice("parametrization", parametrization);
        if (!parametrization.isEmpty() || parametrized.hasParams()) {
            spec.setParametrization(parametrized);
        }
        return spec.build();
    }
}
