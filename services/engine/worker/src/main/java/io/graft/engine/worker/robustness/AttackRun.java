package io.graft.engine.worker.robustness;

import io.graft.engine.metrics.robustness.Attack;
import io.graft.engine.metrics.robustness.AttackBudget;
import io.graft.engine.metrics.robustness.AttackResult;
import io.graft.engine.metrics.robustness.AttributionSimilarity;
import io.graft.engine.metrics.robustness.MicrobialGeneticAttack;
import io.graft.engine.metrics.robustness.RandomAttack;
import io.graft.engine.metrics.robustness.RobustnessScore;
import io.graft.engine.metrics.robustness.Scorer;
import io.graft.engine.worker.JobRun;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.v1.RobustnessSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Measures a version on unchanged pictures and attacks those that it labels rightly.
 *
 * @param surrogate whose gradients give the first candidates; null for none
 */
record AttackRun(
        JobRun run,
        RobustnessSpec spec,
        PixelClassifier version,
        @Nullable PixelClassifier surrogate) {
    private static final int BATCH = 32;

    /** Share of a map's places that count as mattering most. */
    private static final double MATTERING = 0.2;

    /** The limits of the attack; those of a population do not bind random search. */
    static AttackBudget budget(RobustnessSpec spec) {
        AttackBudget usual = AttackBudget.USUAL;
        return switch (spec.getAttack()) {
            case ROBUSTNESS_ATTACK_MICROBIAL_GA ->
                new AttackBudget(
                        spec.getEps(), spec.getBudget(), spec.getPopulation(), spec.getCrossover(), spec.getMutation());
            case ROBUSTNESS_ATTACK_RANDOM ->
                new AttackBudget(spec.getEps(), spec.getBudget(), 2, usual.crossover(), usual.mutation());
            case ROBUSTNESS_ATTACK_UNSPECIFIED, UNRECOGNIZED -> throw unknown(spec);
        };
    }

    private static GraftException unknown(RobustnessSpec spec) {
        return new GraftException(
                ErrorCode.UNIMPLEMENTED,
                "This worker does not know the attack " + spec.getAttackValue()
                        + "; start workers of the service's release");
    }

    private Attack attack() {
        return switch (spec.getAttack()) {
            case ROBUSTNESS_ATTACK_MICROBIAL_GA -> new MicrobialGeneticAttack(budget(spec));
            case ROBUSTNESS_ATTACK_RANDOM -> new RandomAttack(budget(spec));
            case ROBUSTNESS_ATTACK_UNSPECIFIED, UNRECOGNIZED -> throw unknown(spec);
        };
    }

    /**
     * Attacks.
     *
     * @throws io.graft.engine.worker.StoppedException when asked to leave, between two queries
     */
    AttackedVersion attack(Pictures pictures, List<String> labels) {
        List<Integer> right = right(pictures);
        List<Integer> drawn = drawn(right);
        run.progress().begin("attack", drawn.size());
        Attack attack = attack();
        List<AttackedPicture> attacked = new ArrayList<>();
        for (int row : drawn) {
            attacked.add(attack(attack, pictures, row));
            run.progress().advance(1);
            RobustnessScore soFar = RobustnessScore.of(
                    attacked.size(),
                    attacked.stream().map(AttackedPicture::result).toList(),
                    budget(spec));
            run.progress().measured(Map.of("success_rate", soFar.successRate()));
        }
        return new AttackedVersion(labels, pictures.count(), right.size(), budget(spec), attacked);
    }

    private List<Integer> right(Pictures pictures) {
        run.progress().begin("measure", pictures.count());
        List<Integer> right = new ArrayList<>();
        for (int from = 0; from < pictures.count(); from += BATCH) {
            run.stop().check();
            int to = Math.min(pictures.count(), from + BATCH);
            float[][] probabilities = version.probabilities(pictures.values().subList(from, to), from);
            for (int row = from; row < to; row++) {
                if (best(probabilities[row - from]) == pictures.labels()[row]) {
                    right.add(row);
                }
            }
            run.progress().advance(to - from);
        }
        return right;
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            if (probabilities[c] > probabilities[best]) {
                best = c;
            }
        }
        return best;
    }

    private List<Integer> drawn(List<Integer> right) {
        List<Integer> shuffled = new ArrayList<>(right);
        Collections.shuffle(shuffled, new Random(spec.getSeed()));
        return shuffled.stream().limit(spec.getMaxSamples()).sorted().toList();
    }

    private AttackedPicture attack(Attack attack, Pictures pictures, int row) {
        float[] clean = pictures.values().get(row);
        int label = pictures.labels()[row];
        List<byte[]> first = surrogate == null ? List.of() : surrogate.directions(clean, label, spec.getEps());
        Scorer model = version.scorer(row);
        Scorer stoppable = input -> {
            run.stop().check();
            return model.probabilities(input);
        };
        AttackResult result = attack.run(stoppable, clean, label, first, spec.getSeed() + row);
        AttributionSimilarity attribution = null;
        if (spec.getAttribution() && result.success()) {
            double[] before = version.saliency(clean, label);
            attribution = AttributionSimilarity.of(before, version.saliency(result.found(), label), MATTERING);
        }
        return new AttackedPicture(row, label, result, attribution);
    }

    /** Tries the changes that succeeded on another model. */
    static SiblingOutcome transfer(
            JobRun run, String name, PixelClassifier sibling, Pictures clean, AttackedVersion of) {
        List<AttackResult> results = new ArrayList<>();
        int[] labels = new int[of.fooled().size()];
        int wrong = 0;
        for (AttackedPicture picture : of.fooled()) {
            run.stop().check();
            labels[results.size()] = picture.label();
            results.add(picture.result());
            float[] unchanged = sibling.probabilities(List.of(clean.values().get(picture.row())), picture.row())[0];
            wrong += best(unchanged) == picture.label() ? 0 : 1;
            run.progress().advance(1);
        }
        return new SiblingOutcome(
                name,
                RobustnessScore.transferRate(sibling.scorer(0), results, labels),
                labels.length == 0 ? Double.NaN : (double) wrong / labels.length);
    }
}
