package io.graft.engine.methods.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.graft.engine.pruning.Budget;
import io.graft.engine.pruning.KeptSamples;
import io.graft.engine.pruning.PruneOrder;
import io.graft.engine.pruning.PruningInputs;
import io.graft.engine.pruning.PruningMethod;
import io.graft.engine.pruning.RowsOf;
import io.graft.engine.pruning.SourceSamples;
import io.graft.engine.pruning.TargetSplit;
import io.graft.engine.pruning.TieBreak;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.TorchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same on real pictures: Google's emoji in 99 subcategories are the source, Twitter's animals, plants, food and drink the
 * target, 6 of each of 12 subcategories to learn from and the others to test on. The emoji are the same, their art is not.
 *
 * <p>Run with {@code -Dgraft.emoji=FOLDER}, where {@code FOLDER/google} and {@code FOLDER/twitter} hold the content of the npm
 * packages {@code emoji-datasource-google} and {@code emoji-datasource-twitter} 16.0.0; takes some seven minutes on a core.
 */
@EnabledIfSystemProperty(named = "graft.emoji", matches = ".+")
class EmojiPruningTest {
    private static final int FULL_STEPS = 800;
    private static final int PRUNED_STEPS = 320;
    private static final int SURROGATE_STEPS = 600;
    private static final int WIDTH = 32;
    private static final int COPIES = 6;
    private static final int SHOTS = 6;
    private static final int SEEDS = 3;

    /** Accuracies after pre-training on what each way keeps. */
    private record Outcome(double full, double label, double feature, double random, double shorter, double none) {}

    @Test
    void mappedSubcategoriesKeepTheAccuracyWithFewerSteps() throws IOException {
        Path packages = Path.of(System.getProperty("graft.emoji", ""));
        EmojiSet google = new EmojiSet(packages, "google");
        EmojiSet twitter = new EmojiSet(packages, "twitter");
        List<Outcome> outcomes = new ArrayList<>();
        System.out.println(
                "all 99, 800 steps | label mapping | feature mapping | random; 40 %, 320 steps | all 99, 320 steps"
                        + " | no pre-training");
        for (int seed = 0; seed < SEEDS; seed++) {
            Outcome outcome =
                    outcome(google.varied(COPIES, seed), twitter.fewShot("(Animals|Food).*", SHOTS, seed), seed);
            outcomes.add(outcome);
            System.out.printf(
                    "%.3f | %.3f | %.3f | %.3f | %.3f | %.3f%n",
                    outcome.full(),
                    outcome.label(),
                    outcome.feature(),
                    outcome.random(),
                    outcome.shorter(),
                    outcome.none());
        }

        double label = mean(outcomes, Outcome::label);
        assertThat(label).isGreaterThanOrEqualTo(mean(outcomes, Outcome::full) - 0.03);
        assertThat(label).isGreaterThanOrEqualTo(mean(outcomes, Outcome::random) + 0.03);
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElseThrow();
    }

    private static Outcome outcome(LabelledRows source, EmojiSet.Split target, long seed) {
        try (Torch torch = Torch.open(TorchSettings.threads(1).withSeed(seed))) {
            SmallNet surrogate = SmallNet.residual(torch, torch.root(), EmojiSet.SIDE, WIDTH / 2, source.classes())
                    .train(source, SURROGATE_STEPS, seed);
            PruningInputs inputs = new PruningInputs(
                    SourceSamples.labelled(source.classes(), source.labels()),
                    TargetSplit.ofFirst(target.train().count()),
                    Map.of(
                            RowsOf.SOURCE_FEATURES, surrogate.features(source),
                            RowsOf.TARGET_FEATURES, surrogate.features(target.train()),
                            RowsOf.TARGET_LOGITS, surrogate.logits(target.train())));
            return new Outcome(
                    probed(torch, source, FULL_STEPS, target, seed),
                    pruned(torch, source, target, kept("label_mapping", Map.of(), inputs, seed), seed),
                    pruned(
                            torch,
                            source,
                            target,
                            kept("feature_mapping", Map.of("prototypes", "label_means"), inputs, seed),
                            seed),
                    pruned(torch, source, target, kept("random", Map.of(), inputs, seed), seed),
                    probed(torch, source, PRUNED_STEPS, target, seed),
                    probed(torch, source, 0, target, seed));
        }
    }

    private static KeptSamples kept(String method, Map<String, Object> params, PruningInputs inputs, long seed) {
        return PruningMethod.choose(method, params)
                .prune(inputs, new PruneOrder(new Budget.Ratio(0.6), TieBreak.SOFT_PROB, seed))
                .kept();
    }

    private static double pruned(Torch torch, LabelledRows source, EmojiSet.Split target, KeptSamples kept, long seed) {
        return probed(torch, source.only(kept), PRUNED_STEPS, target, seed);
    }

    private static double probed(Torch torch, LabelledRows source, int steps, EmojiSet.Split target, long seed) {
        try (Scope home = torch.scope()) {
            SmallNet net = SmallNet.residual(torch, home, EmojiSet.SIDE, WIDTH, source.classes())
                    .train(source, steps, seed);
            return new LinearProbe(torch)
                    .accuracy(net.features(target.train()), target.train(), net.features(target.test()), target.test());
        }
    }
}
