package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.RobustnessAttack;
import io.graft.v1.RobustnessSpec;
import io.graft.v1.SubmitRobustnessRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft robustness}. */
@Command(
        name = "robustness",
        description = {
            "Attack a classifier of pictures of your own and measure how it stands that; the numbers are the job's result.",
            "Only registered versions are attacked, never an address."
        })
public final class RobustnessCommand implements Callable<Integer> {
    /** How changes are looked for. */
    enum Attack {
        MICROBIAL_GA,
        RANDOM
    }

    @Parameters(paramLabel = "VERSION", description = "the version to attack")
    String version = "";

    @Option(
            names = "--base",
            paramLabel = "VERSION",
            description = "the base of an adapter (default: the one that its lineage names)")
    String base = "";

    @Option(
            names = "--attack",
            paramLabel = "NAME",
            description = "microbial_ga (default), or random as the baseline to compare with")
    @Nullable
    Attack attack;

    @Option(
            names = "--eps",
            paramLabel = "X",
            description = "the largest change of any value of a picture, whose values go from 0 to 1 (default 0.03)")
    @Nullable
    Double eps;

    @Option(names = "--budget", paramLabel = "N", description = "queries a picture at most (default 1000)")
    @Nullable
    Integer budget;

    @Option(names = "--population", paramLabel = "N", description = "candidates that evolve (default 10)")
    @Nullable
    Integer population;

    @Option(
            names = "--crossover",
            paramLabel = "P",
            description = "probability of taking each gene of the better candidate (default 0.5)")
    @Nullable
    Double crossover;

    @Option(
            names = "--mutation",
            paramLabel = "N",
            description = "genes that change by chance in a step, expected (default 2)")
    @Nullable
    Double mutation;

    @Option(
            names = "--surrogate",
            paramLabel = "VERSION",
            description = "another version, whose gradients give the first candidates")
    String surrogate = "";

    @Option(
            names = "--sibling",
            paramLabel = "VERSION",
            description = "another version, on which the changes that succeeded are tried; may be repeated")
    List<String> siblings = new ArrayList<>();

    @Option(names = "--max-samples", paramLabel = "N", description = "pictures to attack at most (default 100)")
    int maxSamples;

    @Option(names = "--seed", paramLabel = "N", description = "seed of all randomness (default 0)")
    long seed;

    @Option(names = "--attribution", description = "compare what mattered to the version before and after a change")
    boolean attribution;

    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    RobustnessCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        SubmitRobustnessRequest request = SubmitRobustnessRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec())
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().evaluation().submitRobustness(request))
                .value();
    }

    private RobustnessSpec spec() {
        RobustnessSpec.Builder spec = RobustnessSpec.newBuilder()
                .setVersion(invocation.names().version(version))
                .setBase(base.isEmpty() ? "" : invocation.names().version(base))
                .setData(data.data(invocation))
                .setSurrogate(surrogate.isEmpty() ? "" : invocation.names().version(surrogate))
                .addAllSiblings(
                        siblings.stream().map(invocation.names()::version).toList())
                .setMaxSamples(maxSamples)
                .setSeed(seed)
                .setAttribution(attribution);
        if (attack != null) {
            spec.setAttack(RobustnessAttack.valueOf("ROBUSTNESS_ATTACK_" + attack.name()));
        }
        if (eps != null) {
            spec.setEps(eps);
        }
        if (budget != null) {
            spec.setBudget(budget);
        }
        if (population != null) {
            spec.setPopulation(population);
        }
        if (crossover != null) {
            spec.setCrossover(crossover);
        }
        if (mutation != null) {
            spec.setMutation(mutation);
        }
        return spec.build();
    }
}
