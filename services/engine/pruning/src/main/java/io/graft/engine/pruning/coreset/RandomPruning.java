package io.graft.engine.pruning.coreset;

import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.KeptSamples;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Classes, or samples, that a seed draws. */
@Method(
        kind = MethodKind.PRUNING,
        name = RandomPruning.NAME,
        title = "Random pruning",
        paper = "The baseline of Y. Zhang et al., arXiv 2310.08782",
        summary = "Keeps classes, or samples, by chance. Choose it to see what another method gains.")
public final class RandomPruning implements PruningMethod<RandomPruning.Params> {
    static final String NAME = "random";

    /** What is drawn. */
    public enum Unit {
        /** Whole classes. */
        CLASSES,
        /** Samples, whatever their class. */
        SAMPLES
    }

    /** See the components' documentation. */
    public record Params(
            @Param(doc = "whether whole classes or single samples are drawn", byDefault = "classes")
            Unit unit) {}

    @Override
    public Class<Params> params() {
        return Params.class;
    }

    @Override
    public Set<RowsOf> needs(Params params) {
        return Set.of();
    }

    @Override
    public Pruning prune(Params params, PruningInputs inputs, PruneOrder order) {
        SourceSamples source = inputs.source();
        return switch (params.unit()) {
            case CLASSES -> ofClasses(source, order);
            case SAMPLES -> {
                int kept = order.budget().ofSamples("random with unit samples").keptOf(source.count());
                int[] drawn = ClassRanking.shuffled(source.count(), order.seed());
                BitSet samples = new BitSet(source.count());
                Arrays.stream(drawn, 0, kept).forEach(samples::set);
                yield Pruning.ofSamples(source, new KeptSamples(samples, source.count()));
            }
        };
    }

    private static Pruning ofClasses(SourceSamples source, PruneOrder order) {
        if (source.classes() == 0) {
            throw new PruningException(
                    PruningProblem.LABELS_MISSING,
                    "random with unit classes needs labels of the source; name their column, or choose unit samples");
        }
        int kept = order.budget().classesOf(source.classes());
        int[] drawn = ClassRanking.shuffled(source.classes(), order.seed());
        List<Integer> stay = Arrays.stream(drawn, 0, kept).sorted().boxed().toList();
        List<Integer> go =
                Arrays.stream(drawn, kept, drawn.length).sorted().boxed().toList();
        return new Pruning(source.of(stay), stay, go, null);
    }
}
