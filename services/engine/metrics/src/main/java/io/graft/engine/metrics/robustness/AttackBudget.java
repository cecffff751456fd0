package io.graft.engine.metrics.robustness;

import io.graft.engine.metrics.InputCheck;

/**
 * How far and how long an attack may go.
 *
 * @param epsilon the largest change of any input value, above 0, such as 0.03
 * @param queries how often the model may be asked, the first population included
 * @param population how many candidates evolve, 2 or more; no more than the queries
 * @param crossover probability with which the loser takes each of the winner's genes
 * @param mutation expected number of genes that change afterwards, usually 2
 */
public record AttackBudget(double epsilon, int queries, int population, double crossover, double mutation) {
    /** 0.03, 1000 queries, 10 candidates, 0.5, two mutations. */
    public static final AttackBudget USUAL = new AttackBudget(0.03, 1000, 10, 0.5, 2);

    /**
     * @throws io.graft.engine.metrics.MetricInputException naming every value out of range
     */
    public AttackBudget {
        new InputCheck()
                .require(epsilon > 0 && epsilon <= 1, "eps", "is " + epsilon, "take a change above 0, at most 1")
                .require(population > 1, "pop", "is " + population, "take 2 or more, usually 10")
                .require(
                        queries >= population,
                        "budget",
                        "is " + queries + " queries, fewer than the population of " + population,
                        "raise the budget or take a smaller population")
                .require(crossover >= 0 && crossover <= 1, "crossover", "is " + crossover, "take 0 to 1, usually 0.5")
                .require(mutation >= 0, "mutation", "is " + mutation, "take 0 or more, usually 2")
                .done();
    }

    /** The same with another largest change. */
    public AttackBudget withEpsilon(double changed) {
        return new AttackBudget(changed, queries, population, crossover, mutation);
    }
}
