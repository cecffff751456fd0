package io.graft.evaluation.domain;

import io.graft.platform.submission.SpecFields;
import io.graft.platform.submission.training.DataFields;
import io.graft.platform.submission.training.Task;
import io.graft.v1.RobustnessAttack;
import io.graft.v1.RobustnessSpec;
import java.util.HashSet;

/** Checks the fields of a test of robustness and fills in what is not said, before any version is looked up. */
final class RobustnessFields {
    /** Versions that changes are tried on at most. */
    static final int MOST_SIBLINGS = 8;

    private static final double STANDARD_EPS = 0.03;
    private static final int STANDARD_BUDGET = 1000;
    private static final int MOST_QUERIES = 1_000_000;
    private static final int STANDARD_POPULATION = 10;
    private static final int MOST_CANDIDATES = 1000;
    private static final double STANDARD_CROSSOVER = 0.5;
    private static final double STANDARD_MUTATION = 2;
    private static final int STANDARD_SAMPLES = 100;
    private static final int MOST_SAMPLES = 1000;
    private static final long LARGEST_SEED = 1L << 53;

    private RobustnessFields() {}

    /** The specification with its defaults; what is wrong is noted. */
    static RobustnessSpec effective(SpecFields fields, RobustnessSpec spec) {
        fields.version("spec.version", spec.getVersion());
        fields.optionalVersion("spec.base", spec.getBase());
        DataFields.check(fields, "spec.data", spec.getData(), Task.CLASSIFICATION);
        fields.optionalVersion("spec.surrogate", spec.getSurrogate());
        siblings(fields, spec);
        fields.require(
                spec.getAttack() != RobustnessAttack.UNRECOGNIZED, "spec.attack", "is none of MICROBIAL_GA, RANDOM");
        RobustnessSpec.Builder effective = spec.toBuilder();
        if (spec.getAttack() == RobustnessAttack.ROBUSTNESS_ATTACK_UNSPECIFIED) {
            effective.setAttack(RobustnessAttack.ROBUSTNESS_ATTACK_MICROBIAL_GA);
        }
        effective.setEps(spec.hasEps() ? spec.getEps() : STANDARD_EPS);
        fields.require(
                effective.getEps() > 0 && effective.getEps() <= 1,
                "spec.eps",
                "is " + effective.getEps() + "; it is a number above 0, 1 at most, usually 0.03");
        effective
                .setBudget(spec.hasBudget() ? spec.getBudget() : STANDARD_BUDGET)
                .setMaxSamples(spec.getMaxSamples() == 0 ? STANDARD_SAMPLES : spec.getMaxSamples())
                .setSeed(spec.getSeed());
        fields.range("spec.max_samples", effective.getMaxSamples(), 1, MOST_SAMPLES);
        fields.range("spec.seed", spec.getSeed(), 0, LARGEST_SEED);
        if (effective.getAttack() == RobustnessAttack.ROBUSTNESS_ATTACK_RANDOM) {
            fields.range("spec.budget", effective.getBudget(), 2, MOST_QUERIES);
            random(fields, spec);
        } else {
            genetic(fields, spec, effective);
        }
        return effective.build();
    }

    private static void siblings(SpecFields fields, RobustnessSpec spec) {
        fields.require(
                spec.getSiblingsCount() <= MOST_SIBLINGS,
                "spec.siblings",
                "names " + spec.getSiblingsCount() + " versions; name " + MOST_SIBLINGS + " at most");
        for (int i = 0; i < Math.min(spec.getSiblingsCount(), MOST_SIBLINGS); i++) {
            fields.version("spec.siblings[" + i + "]", spec.getSiblings(i));
        }
        fields.require(
                new HashSet<>(spec.getSiblingsList()).size() == spec.getSiblingsCount(),
                "spec.siblings",
                "names a version twice");
    }

    private static void genetic(SpecFields fields, RobustnessSpec spec, RobustnessSpec.Builder effective) {
        effective
                .setPopulation(spec.hasPopulation() ? spec.getPopulation() : STANDARD_POPULATION)
                .setCrossover(spec.hasCrossover() ? spec.getCrossover() : STANDARD_CROSSOVER)
                .setMutation(spec.hasMutation() ? spec.getMutation() : STANDARD_MUTATION);
        fields.range("spec.population", effective.getPopulation(), 2, MOST_CANDIDATES);
        fields.require(
                effective.getBudget() >= effective.getPopulation() && effective.getBudget() <= MOST_QUERIES,
                "spec.budget",
                "is " + effective.getBudget() + " queries; the first population alone asks for "
                        + effective.getPopulation() + ", and " + MOST_QUERIES + " is the most");
        fields.require(
                effective.getCrossover() >= 0 && effective.getCrossover() <= 1,
                "spec.crossover",
                "is " + effective.getCrossover() + "; it is a probability from 0 to 1, usually 0.5");
        fields.require(
                effective.getMutation() >= 0 && effective.getMutation() <= Integer.MAX_VALUE,
                "spec.mutation",
                "is " + effective.getMutation() + "; it is a number of genes, 0 or more, usually 2");
    }

    private static void random(SpecFields fields, RobustnessSpec spec) {
        String otherwise = "goes with the attack MICROBIAL_GA only; leave it out";
        fields.require(!spec.hasPopulation(), "spec.population", otherwise);
        fields.require(!spec.hasCrossover(), "spec.crossover", otherwise);
        fields.require(!spec.hasMutation(), "spec.mutation", otherwise);
    }
}
