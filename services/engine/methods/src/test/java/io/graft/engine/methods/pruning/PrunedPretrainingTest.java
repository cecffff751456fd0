package io.graft.engine.methods.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.pruning.Budget;
import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.KeptSamples;
import io.graft.engine.pruning.PruneOrder;
import io.graft.engine.pruning.Pruning;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningMethod;
import io.graft.engine.pruning.Rows;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import io.graft.engine.pruning.TargetSplit;
import io.graft.engine.pruning.TieBreak;
import io.graft.engine.pruning.verification.SurrogateCost;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Pre-training on what maps to the target is worth that on everything, in less than half the steps; on what chance keeps it
 * is not. Three worlds; everything is trained by the engine. Accuracies are those of a linear probe on the target's test
 * rows, never seen by the pruning. Takes a quarter of a minute.
 */
class PrunedPretrainingTest {
    private static final int FULL_STEPS = 800;
    private static final int PRUNED_STEPS = 320;
    private static final int SURROGATE_STEPS = 600;
    private static final int WIDTH = 64;
    private static final int SURROGATE_WIDTH = 48;
    private static final double RATIO = 0.6;

    /** Accuracies after pre-training on what each way keeps. */
    private record Outcome(
            double full,
            double label,
            double feature,
            double clusters,
            double random,
            double worst,
            double raw,
            double related) {}

    @Test
    void mappedClassesKeepTheAccuracyWithFewerSteps() {
        List<Outcome> outcomes =
                LongStream.range(0, 3).mapToObj(PrunedPretrainingTest::outcome).toList();
        System.out.println(
                "all classes, 800 steps | label mapping | feature mapping | the same, clusters | random | worst"
                        + " ranked | no pre-training | kept classes that are related; pruned by 60 %, 320 steps");
        outcomes.forEach(outcome -> System.out.printf(
                "%.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.2f%n",
                outcome.full(),
                outcome.label(),
                outcome.feature(),
                outcome.clusters(),
                outcome.random(),
                outcome.worst(),
                outcome.raw(),
                outcome.related()));

        double label = mean(outcomes, Outcome::label);
        assertThat(Math.max(label, mean(outcomes, Outcome::feature)))
                .isGreaterThanOrEqualTo(mean(outcomes, Outcome::full) - 0.03);
        assertThat(label).isGreaterThanOrEqualTo(mean(outcomes, Outcome::random) + 0.03);
        assertThat(mean(outcomes, Outcome::worst)).isLessThanOrEqualTo(label - 0.06);
        double feature = mean(outcomes, Outcome::feature);
        assertThat(feature).isGreaterThanOrEqualTo(mean(outcomes, Outcome::random) + 0.03);
        assertThat(mean(outcomes, Outcome::worst)).isLessThanOrEqualTo(feature - 0.06);
        assertThat(mean(outcomes, Outcome::raw)).isLessThan(0.4);
    }

    @Test
    void theSurrogatePaysWithTheFirstTarget() {
        ClusterWorld world = new ClusterWorld(0);
        int width = world.source().width();
        double surrogate = width * SURROGATE_WIDTH + SURROGATE_WIDTH * ClusterWorld.CLASSES;
        double model = width * WIDTH + WIDTH * WIDTH + WIDTH * ClusterWorld.CLASSES;
        // In weights moved by a sample; scoring is a third of a step, which goes forward and twice as far back.
        SurrogateCost cost = new SurrogateCost(
                SURROGATE_STEPS * surrogate * SmallNet.BATCH,
                world.targetTrain().count() * surrogate / 3,
                FULL_STEPS * model * SmallNet.BATCH);
        KeptSamples kept = PruningMethod.choose("random", Map.of())
                .prune(
                        new PruningInputs(
                                SourceSamples.labelled(
                                        ClusterWorld.CLASSES, world.source().labels()),
                                null,
                                Map.of()),
                        new PruneOrder(new Budget.Ratio(RATIO), TieBreak.CLASS_ID, 0))
                .kept();

        assertThat(cost.netSpeedUp(kept, 1)).isBetween(1.25, 1.35);
        assertThat(cost.netSpeedUp(kept, 8)).isBetween(2.2, 2.4);
        assertThat(cost.targetsToPay(kept)).isOne();
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElseThrow();
    }

    private static Outcome outcome(long seed) {
        ClusterWorld world = new ClusterWorld(seed);
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(seed))) {
            PruningInputs inputs = inputs(torch, world, seed);
            PruneOrder order = new PruneOrder(new Budget.Ratio(RATIO), TieBreak.SOFT_PROB, seed);
            Pruning label = PruningMethod.choose("label_mapping", Map.of()).prune(inputs, order);
            Pruning feature = PruningMethod.choose("feature_mapping", Map.of("prototypes", "label_means"))
                    .prune(inputs, order);
            Pruning clusters = PruningMethod.choose("feature_mapping", Map.of("clusters", ClusterWorld.CLASSES))
                    .prune(inputs, order);
            return new Outcome(
                    probed(torch, world, world.source(), FULL_STEPS, seed),
                    pruned(torch, world, label.kept(), seed),
                    pruned(torch, world, feature.kept(), seed),
                    pruned(torch, world, clusters.kept(), seed),
                    random(torch, world, inputs, seed),
                    pruned(torch, world, worst(world, label), seed),
                    raw(torch, world),
                    label.keptClasses().stream().filter(ClusterWorld::related).count()
                            / (double) label.keptClasses().size());
        }
    }

    private static PruningInputs inputs(Torch torch, ClusterWorld world, long seed) {
        LabelledRows source = world.source();
        SmallNet surrogate = SmallNet.perceptron(
                        torch, torch.root(), source.width(), SURROGATE_WIDTH, 1, source.classes())
                .train(source, SURROGATE_STEPS, seed);
        return new PruningInputs(
                SourceSamples.labelled(source.classes(), source.labels()),
                TargetSplit.ofFirst(world.targetTrain().count()),
                Map.of(
                        RowsOf.SOURCE_FEATURES, surrogate.features(source),
                        RowsOf.TARGET_FEATURES, surrogate.features(world.targetTrain()),
                        RowsOf.TARGET_LOGITS, surrogate.logits(world.targetTrain())));
    }

    private static double pruned(Torch torch, ClusterWorld world, KeptSamples kept, long seed) {
        return probed(torch, world, world.source().only(kept), PRUNED_STEPS, seed);
    }

    private static double probed(Torch torch, ClusterWorld world, LabelledRows source, int steps, long seed) {
        try (Scope home = torch.scope()) {
            SmallNet net = SmallNet.perceptron(torch, home, source.width(), WIDTH, 2, source.classes())
                    .train(source, steps, seed);
            return new LinearProbe(torch)
                    .accuracy(
                            net.features(world.targetTrain()),
                            world.targetTrain(),
                            net.features(world.targetTest()),
                            world.targetTest());
        }
    }

    private static double random(Torch torch, ClusterWorld world, PruningInputs inputs, long seed) {
        List<Double> accuracies = new ArrayList<>();
        for (int draw = 0; draw < 2; draw++) {
            PruneOrder order = new PruneOrder(new Budget.Ratio(RATIO), TieBreak.CLASS_ID, 100 * seed + draw);
            Pruning random = PruningMethod.choose("random", Map.of()).prune(inputs, order);
            accuracies.add(pruned(torch, world, random.kept(), seed));
        }
        return accuracies.stream().mapToDouble(each -> each).average().orElseThrow();
    }

    private static KeptSamples worst(ClusterWorld world, Pruning label) {
        ClassRanking ranking = Objects.requireNonNull(label.ranking());
        List<Integer> last = ranking.classes().reversed().subList(0, ranking.keep()).stream()
                .map(ClassRanking.ClassScore::id)
                .toList();
        return SourceSamples.labelled(world.source().classes(), world.source().labels())
                .of(last);
    }

    private static double raw(Torch torch, ClusterWorld world) {
        return new LinearProbe(torch)
                .accuracy(raw(world.targetTrain()), world.targetTrain(), raw(world.targetTest()), world.targetTest());
    }

    private static Rows raw(LabelledRows rows) {
        return new Rows() {
            @Override
            public int width() {
                return rows.width();
            }

            @Override
            public void read(Visitor visitor) {
                for (int row = 0; row < rows.count(); row++) {
                    visitor.row(row, rows.inputs()[row]);
                }
            }
        };
    }
}
