package io.graft.engine.metrics.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The score-based attack of QuScore (arXiv 2307.06496) by a microbial genetic algorithm (Harvey 2009): of two candidates
 * drawn at random the one with the higher margin takes each of the other's genes with the crossover probability and then
 * mutates, so that each step asks the model once and the better one is never lost. As in the paper; the published code is a
 * tournament with a new generation at a time instead. Candidates are directions with -1, 0 or 1 a value, added times epsilon
 * and clipped to the range from 0 to 1.
 */
public record MicrobialGeneticAttack(AttackBudget budget) implements Attack {
    private static final int GENES = 3;

    private record Candidate(byte[] genes, double margin) {}

    @Override
    public String name() {
        return "MICROBIAL_GA";
    }

    @Override
    public AttackResult run(Scorer scorer, float[] input, int label, List<byte[]> first, long seed) {
        Target.check(input, first);
        Target target = new Target(scorer, input, label, budget.epsilon());
        SplittableRandom random = new SplittableRandom(seed);
        List<Candidate> population = new ArrayList<>();
        while (population.size() < budget.population() && !target.isFooled()) {
            byte[] genes = population.size() < first.size()
                    ? first.get(population.size()).clone()
                    : RandomAttack.corner(input.length, random);
            population.add(new Candidate(genes, target.ask(genes)));
        }
        while (target.queries() < budget.queries() && !target.isFooled()) {
            int one = random.nextInt(population.size());
            int other = (one + 1 + random.nextInt(population.size() - 1)) % population.size();
            boolean oneWins =
                    population.get(one).margin() <= population.get(other).margin();
            int loser = oneWins ? other : one;
            byte[] child = child(population.get(oneWins ? one : other), population.get(loser), random);
            population.set(loser, new Candidate(child, target.ask(child)));
        }
        return target.result();
    }

    private byte[] child(Candidate winner, Candidate loser, SplittableRandom random) {
        byte[] genes = loser.genes().clone();
        double mutation = budget.mutation() / genes.length;
        for (int i = 0; i < genes.length; i++) {
            if (random.nextDouble() < budget.crossover()) {
                genes[i] = winner.genes()[i];
            }
            if (random.nextDouble() < mutation) {
                genes[i] = (byte) (random.nextInt(GENES) - 1);
            }
        }
        return genes;
    }
}
