package io.graft.engine.metrics.robustness;

import java.util.List;
import java.util.SplittableRandom;

/** Tries corners of the allowed box at random, the baseline that an attack must beat. */
public record RandomAttack(AttackBudget budget) implements Attack {
    @Override
    public String name() {
        return "RANDOM";
    }

    @Override
    public AttackResult run(Scorer scorer, float[] input, int label, List<byte[]> first, long seed) {
        Target.check(input, first);
        Target target = new Target(scorer, input, label, budget.epsilon());
        SplittableRandom random = new SplittableRandom(seed);
        for (byte[] direction : first) {
            if (target.queries() < budget.queries() && !target.isFooled()) {
                target.ask(direction);
            }
        }
        while (target.queries() < budget.queries() && !target.isFooled()) {
            target.ask(corner(input.length, random));
        }
        return target.result();
    }

    static byte[] corner(int length, SplittableRandom random) {
        byte[] direction = new byte[length];
        for (int i = 0; i < length; i++) {
            direction[i] = (byte) (random.nextBoolean() ? 1 : -1);
        }
        return direction;
    }
}
