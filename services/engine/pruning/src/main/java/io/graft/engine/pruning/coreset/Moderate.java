package io.graft.engine.pruning.coreset;

import io.graft.engine.pruning.Budget;
import io.graft.engine.pruning.PruneOrder;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.PruningException;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningMethod;
import io.graft.engine.pruning.PruningProblem;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import io.graft.platform.methods.Method;
import io.graft.platform.methods.MethodKind;
import io.graft.platform.methods.Param;
import java.util.Set;

/**
 * Keeps the samples whose distance to the centre of their class is near the median of all distances: neither the typical
 * nor the odd ones. The rules are the authors' program's (tmllab/2023_ICLR_Moderate-DS, commit 999385e): the centre is the
 * median in each coordinate, and the middle of all distances stays, whatever the class; the paper writes a mean.
 */
@Method(
        kind = MethodKind.PRUNING,
        name = Moderate.NAME,
        title = "Moderate coreset",
        paper =
                "X. Xia et al., Moderate Coreset: A Universal Method of Data Selection for Real-world Data-efficient Deep"
                        + " Learning, ICLR 2023",
        summary = "Keeps the samples of middling distance to the centre of their class. Looks at the source only.")
public final class Moderate implements PruningMethod<Moderate.Params> {
    static final String NAME = "moderate";

    /** See the components' documentation. */
    public record Params(
            @Param(
                    doc =
                            "memory for the rows of the classes whose medians are computed at a time, in MiB; the less, the"
                                    + " more often features are read",
                    byDefault = "256",
                    min = 1,
                    max = 1_000_000)
            int bufferMib) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Set<RowsOf> needs(Params params) {
        return Set.of(RowsOf.SOURCE_FEATURES);
    }

    @Override
    public Pruning prune(Params params, PruningInputs inputs, PruneOrder order) {
        SourceSamples source = inputs.source();
        Budget.Ratio pruned = order.budget().ofSamples(NAME);
        if (source.classes() == 0) {
            throw new PruningException(
                    PruningProblem.LABELS_MISSING, NAME + " needs labels of the source; name their column");
        }
        float[][] medians = new ClassMedians(inputs, (long) params.bufferMib() << 20).rows();
        float[] distances = new float[source.count()];
        inputs.read(
                RowsOf.SOURCE_FEATURES,
                (index, features) -> distances[index] = distance(features, medians[source.label(index)]));
        double kept = 1 - pruned.ratio();
        int from = (int) Math.rint(source.count() * (0.5 - kept / 2));
        int to = (int) Math.rint(source.count() * (0.5 + kept / 2));
        return Pruning.ofSamples(source, new SampleScores(distances).between(from, to));
    }

    private static float distance(float[] features, float[] centre) {
        double sum = 0;
        for (int number = 0; number < features.length; number++) {
            double difference = features[number] - centre[number];
            sum += difference * difference;
        }
        return (float) Math.sqrt(sum);
    }
}
