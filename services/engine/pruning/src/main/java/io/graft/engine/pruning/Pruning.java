package io.graft.engine.pruning;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a method chose.
 *
 * @param keptClasses numbers of the classes of which at least one sample stays, ascending; empty without labels. Clusters,
 *     where a method made its own classes
 * @param droppedClasses numbers of all other classes, ascending
 * @param ranking null unless the target's samples voted
 */
public record Pruning(
        KeptSamples kept,
        List<Integer> keptClasses,
        List<Integer> droppedClasses,
        @Nullable ClassRanking ranking) {
    /** Copies the lists. */
    public Pruning {
        keptClasses = List.copyOf(keptClasses);
        droppedClasses = List.copyOf(droppedClasses);
    }

    /** Keeps the samples of the classes that lead a ranking. */
    public static Pruning ofClasses(SourceSamples source, ClassRanking ranking) {
        return new Pruning(source.of(ranking.kept()), ranking.kept(), ranking.dropped(), ranking);
    }

    /** Keeps samples one by one. */
    public static Pruning ofSamples(SourceSamples source, KeptSamples kept) {
        BitSet classes = new BitSet();
        if (source.classes() > 0) {
            kept.indices().forEach(sample -> classes.set(source.label(sample)));
        }
        return new Pruning(
                kept,
                classes.stream().boxed().toList(),
                IntStream.range(0, source.classes())
                        .filter(each -> !classes.get(each))
                        .boxed()
                        .toList(),
                null);
    }
}
