package io.graft.cli.training;

import io.graft.cli.failure.CommandException;
import io.graft.cli.invocation.Invocation;
import io.graft.cli.job.Submission;
import io.graft.v1.FeaturePooling;
import io.graft.v1.InvarianceMetric;
import io.graft.v1.InvarianceSpec;
import io.graft.v1.PictureChange;
import io.graft.v1.PictureTransform;
import io.graft.v1.SubmitInvarianceRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft invariance}. */
@Command(name = "invariance", description = "Measure what changes of pictures a version's features do not tell apart.")
public final class InvarianceCommand implements Callable<Integer> {
    /** How draws of a change are compared. */
    enum Metric {
        L2,
        COS,
        DOTPROD,
        CKA
    }

    @Parameters(paramLabel = "VERSION", description = "a version of kind FULL of a network for pictures")
    String version = "";

    @Option(
            names = "--change",
            required = true,
            paramLabel = "NAME[=RANGE]",
            description =
                    "shift, flip, rotation, inversion, brightness, noise or blur, with its range: pixels, a probability,"
                            + " degrees, a probability, a share, a share, pixels; may be repeated")
    List<String> changes = new ArrayList<>();

    @Option(names = "--metric", paramLabel = "NAME", description = "l2 (default), cos, dotprod, cka")
    @Nullable
    Metric metric;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "a linear layer whose input is looked at; may be repeated (default: the head)")
    List<String> layers = new ArrayList<>();

    @Option(names = "--pooling", paramLabel = "RULE", description = "of patches: mean (default), first, last")
    RankCommand.@Nullable Pooling pooling;

    @Option(names = "--samples", paramLabel = "N", description = "pictures to look at at most (default 1000)")
    int samples;

    @Option(names = "--seed-a", paramLabel = "N", description = "seed of the first draw (default 0)")
    @Nullable
    Long first;

    @Option(names = "--seed-b", paramLabel = "N", description = "seed of the second draw (default 1)")
    @Nullable
    Long second;

    @Option(names = "--batch-size", paramLabel = "N", description = "pictures a forward pass (default 32)")
    int batchSize;

    @Mixin
    DataOptions data = new DataOptions();

    @Mixin
    Submission submission = new Submission();

    private final Invocation invocation;

    InvarianceCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        SubmitInvarianceRequest request = SubmitInvarianceRequest.newBuilder()
                .setParent(invocation.names().tenant())
                .setSpec(spec())
                .setRequestId(submission.creation().requestId())
                .setValidateOnly(submission.creation().validateOnly())
                .putAllLabels(submission.creation().labels())
                .build();
        return submission
                .conclude(invocation, invocation.services().evaluation().submitInvariance(request))
                .value();
    }

    private InvarianceSpec spec() {
        InvarianceSpec.Builder spec = InvarianceSpec.newBuilder()
                .setVersion(invocation.names().version(version))
                .setData(data.data(invocation))
                .addAllTransforms(
                        changes.stream().map(InvarianceCommand::transform).toList())
                .addAllLayers(layers)
                .setN(samples)
                .setBatchSize(batchSize);
        if (metric != null) {
            spec.setMetric(InvarianceMetric.valueOf("INVARIANCE_METRIC_" + metric.name()));
        }
        if (pooling != null) {
            spec.setPooling(FeaturePooling.valueOf("FEATURE_POOLING_" + pooling.name()));
        }
        if (first != null) {
            spec.setSeedA(first);
        }
        if (second != null) {
            spec.setSeedB(second);
        }
        return spec.build();
    }

    private static PictureTransform transform(String text) {
        String[] parts = text.split("=", 2);
        PictureTransform.Builder transform = PictureTransform.newBuilder().setChange(change(parts[0]));
        if (parts.length > 1) {
            try {
                transform.setRange(Double.parseDouble(parts[1]));
            } catch (NumberFormatException e) {
                throw CommandException.usage("--change " + text + ": the range is a number, as in shift=2");
            }
        }
        return transform.build();
    }

    private static PictureChange change(String name) {
        return Arrays.stream(PictureChange.values())
                .filter(change ->
                        change != PictureChange.UNRECOGNIZED && change != PictureChange.PICTURE_CHANGE_UNSPECIFIED)
                .filter(change -> name(change).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("--change knows no '" + name + "'; it knows "
                        + Arrays.stream(PictureChange.values())
                                .filter(change -> change != PictureChange.UNRECOGNIZED
                                        && change != PictureChange.PICTURE_CHANGE_UNSPECIFIED)
                                .map(InvarianceCommand::name)
                                .collect(Collectors.joining(", "))));
    }

    private static String name(PictureChange change) {
        return change.name().replace("PICTURE_CHANGE_", "").toLowerCase(Locale.ROOT);
    }
}
