package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.CombineSpec;
import io.graft.v1.SubmitCombineRequest;
import io.graft.v1.WeightedAdapter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft combine}. */
@Command(name = "combine", description = "Make one adapter of several that were trained on one base.")
public final class CombineCommand implements Callable<Integer> {
    @Option(
            names = "--adapter",
            required = true,
            paramLabel = "VERSION=WEIGHT",
            mapFallbackValue = "1",
            description = "an adapter and its weight, 1 when left out; give the option once for each")
    Map<String, Double> adapters = new LinkedHashMap<>();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description =
                    "how; graft methods list --kind combination shows them (default: cat, the exact weighted sum)")
    String method = "";

    @Mixin
    MethodOptions methods = new MethodOptions();

    @Option(
            names = "--output-model",
            required = true,
            paramLabel = "MODEL",
            description = "the model that gets the new version; created when absent")
    String outputModel = "";

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    CombineCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        CombineSpec.Builder spec =
                CombineSpec.newBuilder().setOutputModel(invocation.names().model(outputModel));
        methods.requireKinds("combination");
        spec.setMethod(methods.choice("combination", method));
        adapters.forEach((adapter, weight) -> spec.addAdapters(WeightedAdapter.newBuilder()
                .setAdapter(invocation.names().version(adapter))
                .setWeight(weight)));
        SubmitCombineRequest request = SubmitCombineRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec)
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().finetuning().submitCombine(request))
                .value();
    }
}
