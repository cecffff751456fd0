package io.graft.cli.training;

import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.FeatureNorm;
import io.graft.v1.FeatureNormalisation;
import io.graft.v1.FeaturePooling;
import io.graft.v1.LongRows;
import io.graft.v1.RankSpec;
import io.graft.v1.SubmitRankingRequest;
import io.graft.v1.TransferabilityMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft rank}. */
@Command(
        name = "rank",
        description = {
            "Rank versions by how well they will do on a data set once fine-tuned, without fine-tuning any of them.",
            "With a holdout only the rows to learn from are scored on."
        })
public final class RankCommand implements Callable<Integer> {
    /** What a ranking goes by. */
    enum Metric {
        TMI,
        LEEP,
        NCE,
        LOGME,
        HSCORE
    }

    /** How a row gets its features. */
    enum Pooling {
        HEAD,
        MEAN,
        FIRST,
        LAST
    }

    /** How far two rows are apart. */
    enum Norm {
        MAX,
        L2
    }

    /** What is done to features first. */
    enum Normalise {
        NONE,
        RMS,
        PCA
    }

    @Parameters(arity = "2..*", paramLabel = "VERSION", description = "the versions to rank, of kind FULL")
    List<String> versions = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "tmi, leep, nce, logme, hscore; may be repeated (default: tmi and logme)")
    List<Metric> metrics = new ArrayList<>();

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "a linear layer whose input is the features (default: the head, or the last layer's states)")
    String layer = "";

    @Option(
            names = "--pooling",
            paramLabel = "RULE",
            description = "head (default for pictures), or of tokens: mean (default for texts), first, last")
    @Nullable
    Pooling pooling;

    @Option(
            names = "--neighbour",
            paramLabel = "K",
            description = "for tmi: which neighbour's distance counts (default 3)")
    int neighbour;

    @Option(
            names = "--min-dist",
            paramLabel = "X",
            description = "for tmi: the floor under distances (default 1, as in the authors' code)")
    @Nullable
    Double minDist;

    @Option(names = "--norm", paramLabel = "NAME", description = "for tmi: max (default), l2")
    @Nullable
    Norm norm;

    @Option(names = "--normalise", paramLabel = "NAME", description = "for tmi: none (default), rms, pca")
    @Nullable
    Normalise normalise;

    @Option(names = "--components", paramLabel = "N", description = "principal components that pca keeps")
    int components;

    @Option(names = "--max-samples", paramLabel = "N", description = "rows to score on at most (default 2000)")
    int maxSamples;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the rows' draw (default 0)")
    long seed;

    @Option(names = "--batch-size", paramLabel = "N", description = "rows a forward pass (default 32)")
    int batchSize;

    @Option(names = "--max-length", paramLabel = "N", description = "tokens a row at most (default 512, or what fits)")
    int maxLength;

    @Option(names = "--refuse-long", description = "refuse longer rows instead of cutting them")
    boolean refuseLong;

    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    RankCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        SubmitRankingRequest request = SubmitRankingRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec())
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().evaluation().submitRanking(request))
                .value();
    }

    private RankSpec spec() {
        RankSpec.Builder spec = RankSpec.newBuilder()
                .addAllVersions(
                        versions.stream().map(invocation.names()::version).toList())
                .setTarget(data.data(invocation))
                .addAllMetrics(metrics.stream()
                        .map(metric -> TransferabilityMetric.valueOf("TRANSFERABILITY_METRIC_" + metric.name()))
                        .toList())
                .setLayer(layer)
                .setK(neighbour)
                .setComponents(components)
                .setMaxSamples(maxSamples)
                .setSeed(seed)
                .setBatchSize(batchSize)
                .setMaxLength(maxLength);
        if (pooling != null) {
            spec.setPooling(FeaturePooling.valueOf("FEATURE_POOLING_" + pooling.name()));
        }
        if (minDist != null) {
            spec.setMinDist(minDist);
        }
        if (norm != null) {
            spec.setNorm(FeatureNorm.valueOf("FEATURE_NORM_" + norm.name()));
        }
        if (normalise != null) {
            spec.setNormalise(FeatureNormalisation.valueOf("FEATURE_NORMALISATION_" + normalise.name()));
        }
        if (refuseLong) {
            spec.setLongRows(LongRows.LONG_ROWS_REFUSE);
        }
        return spec.build();
    }
}
