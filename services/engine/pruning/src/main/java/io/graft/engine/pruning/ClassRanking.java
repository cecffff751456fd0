package io.graft.engine.pruning;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Classes in the order of their votes.
 *
 * @param classes best first
 * @param keep how many of them stay
 */
public record ClassRanking(List<ClassScore> classes, int keep) {
    /** Copies the list. */
    public ClassRanking {
        classes = List.copyOf(classes);
    }

    /**
     * A class of the source.
     *
     * @param id its number
     * @param votes of the target's samples
     * @param likelihood mean over the target's samples; 0 where the ties are not broken by it
     */
    public record ClassScore(int id, long votes, double likelihood) {}

    /**
     * Ranks by votes, then as the order says, then by number.
     *
     * @throws PruningException if more classes would stay than there are
     */
    public static ClassRanking of(ClassVotes votes, PruneOrder order) {
        long[] counts = votes.counts();
        double[] likelihoods = votes.meanLikelihoods();
        Comparator<ClassScore> byVotes =
                Comparator.comparingLong(ClassScore::votes).reversed();
        Comparator<ClassScore> ties = switch (order.ties()) {
            case SOFT_PROB -> Comparator.comparingDouble(ClassScore::likelihood).reversed();
            case CLASS_ID -> Comparator.comparingInt(ClassScore::id);
            case RANDOM -> {
                int[] places = shuffled(counts.length, order.seed());
                yield Comparator.comparingInt(score -> places[score.id()]);
            }
        };
        return new ClassRanking(
                IntStream.range(0, counts.length)
                        .mapToObj(id -> new ClassScore(id, counts[id], likelihoods[id]))
                        .sorted(byVotes.thenComparing(ties).thenComparingInt(ClassScore::id))
                        .toList(),
                order.budget().classesOf(counts.length));
    }

    /** The numbers below {@code count} in an order that the seed decides. */
    public static int[] shuffled(int count, long seed) {
        int[] order = IntStream.range(0, count).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int last = count - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    /** Numbers of the classes that stay, ascending. */
    public List<Integer> kept() {
        return ids(classes.subList(0, keep));
    }

    /** Numbers of the classes that go, ascending. */
    public List<Integer> dropped() {
        return ids(classes.subList(keep, classes.size()));
    }

    /** Numbers of the classes that nobody voted for, ascending. */
    public List<Integer> withoutVotes() {
        return ids(classes.stream().filter(each -> each.votes() == 0).toList());
    }

    /** How many classes stay though nobody voted for them: only the way ties are broken chose them. */
    public int keptWithoutVotes() {
        return (int) classes.subList(0, keep).stream()
                .filter(each -> each.votes() == 0)
                .count();
    }

    /** The share of the votes that went to classes that stay. */
    public double coverage() {
        return (double) sum(classes.subList(0, keep)) / sum(classes);
    }

    /**
     * Shannon's entropy of the votes over all classes, in nats: 0 if the target maps to one class, the logarithm of the
     * number of classes if it maps to all alike.
     */
    public double coverageEntropy() {
        double all = sum(classes);
        return classes.stream()
                .filter(each -> each.votes() > 0)
                .mapToDouble(each -> -each.votes() / all * Math.log(each.votes() / all))
                .sum();
    }

    private static long sum(List<ClassScore> scores) {
        return scores.stream().mapToLong(ClassScore::votes).sum();
    }

    private static List<Integer> ids(List<ClassScore> scores) {
        return scores.stream().map(ClassScore::id).sorted().toList();
    }
}
