package io.graft.cli.analysis;

import io.graft.cli.failure.ExitCode;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.FitScalingLawRequest;
import io.graft.v1.FitScalingLawResponse;
import io.graft.v1.ScalingLawKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft scaling fit}. */
@Command(
        name = "fit",
        description = {
            "Fit a law to scored checkpoints and extrapolate it.",
            "FILE is CSV with the columns size and score, and loss if a score is to be compared with its loss."
        })
final class ScalingFitCommand implements Callable<Integer> {
    /** The form of a law. */
    enum Kind {
        LOSS(ScalingLawKind.SCALING_LAW_KIND_CROSS_ENTROPY),
        SCORE(ScalingLawKind.SCALING_LAW_KIND_LOG_LAW);

        private final ScalingLawKind kind;

        Kind(ScalingLawKind kind) {
            this.kind = kind;
        }
    }

    @Parameters(paramLabel = "FILE", description = "the scored checkpoints, one a line")
    Path file = Path.of("");

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description =
                    "what the column score holds: loss (falls towards a limit) or score (rises as a power of the logarithm)")
    Kind kind = Kind.LOSS;

    @Option(names = "--predict", paramLabel = "SIZE", description = "a size to predict at; may be repeated")
    List<Double> sizes = new ArrayList<>();

    @Option(names = "--holdout", paramLabel = "N", description = "points of the largest sizes that test the law")
    int holdout;

    @Option(names = "--bootstrap", paramLabel = "N", description = "refits that give the intervals (default 200)")
    int bootstrap;

    @Option(
            names = "--huber-delta",
            paramLabel = "WIDTH",
            description = "where residuals begin to count less (default 0.001 for losses, 0.1 for scores)")
    @Nullable
    Double delta;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the refits (default 0)")
    long seed;

    private final Invocation invocation;

    ScalingFitCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        FitScalingLawRequest.Builder request = ScoredCheckpoints.read(file)
                .setParent(invocation.names().tenant())
                .setKind(kind.kind)
                .addAllSizes(sizes)
                .setHoldoutLast(holdout)
                .setBootstrap(bootstrap)
                .setSeed(seed);
        if (delta != null) {
            request.setHuberDelta(delta);
        }
        FitScalingLawResponse law = invocation.services().evaluation().fitScalingLaw(request.build());
        invocation.output().result(law, out -> ScalingText.print(law, out));
        return ExitCode.OK.value();
    }
}
