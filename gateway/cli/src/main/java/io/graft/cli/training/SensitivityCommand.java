package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.LongRows;
import io.graft.v1.RateSweep;
import io.graft.v1.SensitivitySpec;
import io.graft.v1.SubmitSensitivityRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft sensitivity}. */
@Command(
        name = "sensitivity",
        description = {
            "Measure how sharply a version's loss bends, and what a learning rate that is not the best costs it.",
            "The numbers are the job's result; no version is made."
        })
public final class SensitivityCommand implements Callable<Integer> {
    @Parameters(paramLabel = "VERSION", description = "the version to measure, of kind FULL")
    String version = "";

    @Option(
            names = "--objective",
            required = true,
            paramLabel = "NAME",
            description = "what is learnt: classification, pair_classification, causal_lm")
    String objective = "";

    @Option(
            names = "--hessian-rows",
            paramLabel = "N",
            description = "rows that the Hessian is taken over (default 256)")
    int hessianRows;

    @Option(names = "--max-iterations", paramLabel = "N", description = "products with the Hessian (default 100)")
    int maxIterations;

    @Option(names = "--min-rate", paramLabel = "X", description = "the least learning rate (default 0.0003)")
    double minRate;

    @Option(names = "--max-rate", paramLabel = "X", description = "the greatest learning rate (default 0.3)")
    double maxRate;

    @Option(names = "--points", paramLabel = "N", description = "how many learning rates (default 7)")
    int points;

    @Option(names = "--steps", paramLabel = "N", description = "optimizer steps of each training (default 50)")
    int steps;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "what changes the weights (default adamw)")
    String optimizer = "";

    @Option(
            names = "--max-grad-norm",
            paramLabel = "X",
            description = "largest norm of all gradients together (default 1; 0 never scales)")
    @Nullable
    Double maxGradNorm;

    @Option(names = "--batch-size", paramLabel = "N", description = "rows a forward pass (default 32)")
    int batchSize;

    @Option(names = "--max-length", paramLabel = "N", description = "tokens a row at most (default 512, or what fits)")
    int maxLength;

    @Option(names = "--truncate", description = "cut longer rows instead of refusing them")
    boolean truncate;

    @Option(names = "--seed", paramLabel = "N", description = "seed of all randomness (default 0)")
    long seed;

    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    MethodOptions methods = new MethodOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    SensitivityCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        methods.requireKinds("objective", "optimizer");
        RateSweep.Builder sweep = RateSweep.newBuilder()
                .setMinRate(minRate)
                .setMaxRate(maxRate)
                .setPoints(points)
                .setSteps(steps)
                .setOptimizer(methods.choice("optimizer", optimizer));
        if (maxGradNorm != null) {
            sweep.setMaxGradNorm(maxGradNorm);
        }
        SensitivitySpec.Builder spec = SensitivitySpec.newBuilder()
                .setVersion(invocation.names().version(version))
                .setData(data.data(invocation))
                .setObjective(methods.choice("objective", objective))
                .setHessianRows(hessianRows)
                .setMaxIterations(maxIterations)
                .setSweep(sweep)
                .setBatchSize(batchSize)
                .setMaxLength(maxLength)
                .setSeed(seed);
        if (truncate) {
            spec.setLongRows(LongRows.LONG_ROWS_TRUNCATE);
        }
        SubmitSensitivityRequest request = SubmitSensitivityRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec)
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().evaluation().submitSensitivity(request))
                .value();
    }
}
