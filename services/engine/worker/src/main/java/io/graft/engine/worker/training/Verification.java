package io.graft.engine.worker.training;

import io.graft.engine.pruning.ClassRanking;
import io.graft.engine.pruning.KeptSamples;
import io.graft.engine.worker.JobRun;
import io.graft.v1.PruneSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;

/**
 * Trains a small network on the whole source, on what stays and on as many rows drawn by chance, and measures each on the
 * target: whether what stays is enough, and whether it is better than chance (arXiv 2310.08782, with the network and the
 * probe in place of the large model and its fine-tuning). Each training has a runtime of its own, so that its result
 * depends on nothing but its rows and its seed.
 */
final class Verification {
    private final JobRun run;
    private final PruneSpec spec;
    private final KeptSamples kept;
    private final VerificationTrial trial;

    /** @param classes of the source, in the order of the rows' labels */
    Verification(JobRun run, PruneSpec spec, List<String> classes, KeptSamples kept) {
        this.run = run;
        this.spec = spec;
        this.kept = kept;
        this.trial = new VerificationTrial(run, spec, classes);
    }

    /** Rows that a seed's training learns from. */
    private record Part(String name, double ratio, LongFunction<KeptSamples> rows) {}

    /**
     * Trains and measures.
     *
     * @param atRatio what stays at another ratio
     * @throws io.graft.engine.pruning.PruningException if a row that is measured on guides the pruning, or is learnt from
     */
    Verified verified(DoubleFunction<KeptSamples> atRatio) throws IOException {
        UnseenRows.require(run, spec, trial.target());
        List<Long> seeds = spec.getVerify().getSeedsList();
        List<Part> parts = parts(atRatio);
        run.progress().begin("verify", (long) parts.size() * seeds.size());
        List<Verified.Arm> arms = new ArrayList<>();
        for (Part part : parts) {
            List<Double> accuracies = new ArrayList<>();
            int rows = 0;
            long steps = 0;
            for (long seed : seeds) {
                KeptSamples learnt = part.rows().apply(seed);
                VerificationTrial.Result result = Computation.with(seed, torch -> trial.run(torch, learnt, seed));
                accuracies.add(result.accuracy());
                rows = learnt.count();
                steps = result.steps();
                run.progress().advance(1);
            }
            arms.add(new Verified.Arm(part.name(), part.ratio(), rows, steps, accuracies));
        }
        return new Verified(spec.getVerify().getTolerance(), seeds, arms);
    }

    private List<Part> parts(DoubleFunction<KeptSamples> atRatio) {
        BitSet everything = new BitSet(kept.total());
        everything.set(0, kept.total());
        KeptSamples all = new KeptSamples(everything, kept.total());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Verified.FULL, 0, seed -> all));
        parts.add(new Part(Verified.PRUNED, Double.NaN, seed -> kept));
        parts.add(new Part(Verified.RANDOM, Double.NaN, this::drawn));
        for (double ratio : spec.getVerify().getRatiosList()) {
            KeptSamples there = atRatio.apply(ratio);
            parts.add(new Part("ratio " + ratio, ratio, seed -> there));
        }
        return parts;
    }

    private KeptSamples drawn(long seed) {
        BitSet rows = new BitSet(kept.total());
        Arrays.stream(ClassRanking.shuffled(kept.total(), seed), 0, kept.count())
                .forEach(rows::set);
        return new KeptSamples(rows, kept.total());
    }
}
