package io.graft.engine.metrics.gate;

import io.graft.engine.metrics.comparison.ExampleScores;
import io.graft.engine.metrics.comparison.Scores;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Draws pairs of runs from a known truth and counts the verdicts. */
final class Simulation {
    private final GateRule rule;
    private final int repetitions;
    private final int resamples;

    record Rates(double pass, double fail, double inconclusive) {}

    record Draw(Scores candidate, Scores baseline) {
        /** Its examples, then those of another. */
        Draw and(Draw other) {
            return new Draw(joined(candidate, other.candidate), joined(baseline, other.baseline));
        }

        private static Scores joined(Scores first, Scores last) {
            return ExampleScores.of(
                    DoubleStream.concat(values(first), values(last)).toArray());
        }

        private static DoubleStream values(Scores scores) {
            return IntStream.range(0, scores.size()).mapToDouble(i -> scores.value(new int[] {i}));
        }
    }

    Simulation(GateRule rule, int repetitions, int resamples) {
        this.rule = rule;
        this.repetitions = repetitions;
        this.resamples = resamples;
    }

    Rates run(Function<SplittableRandom, GateQuestion> truth) {
        int pass = 0;
        int fail = 0;
        for (int seed = 0; seed < repetitions; seed++) {
            GateVerdict verdict = new Gate(resamples, ~seed).decide(rule, truth.apply(new SplittableRandom(seed)));
            switch (verdict) {
                case GateVerdict.Pass passed -> pass++;
                case GateVerdict.Fail failed -> fail++;
                case GateVerdict.Inconclusive open -> {}
            }
        }
        double all = repetitions;
        return new Rates(pass / all, fail / all, (repetitions - pass - fail) / all);
    }

    /** Scores of 0 and 1, which one system alone solves with the probabilities given. */
    static Draw binary(SplittableRandom random, int n, double onlyCandidate, double onlyBaseline, double both) {
        double[] candidate = new double[n];
        double[] baseline = new double[n];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            boolean baselineSolves = u >= onlyCandidate && u < onlyCandidate + onlyBaseline + both;
            boolean candidateSolves = u < onlyCandidate || (baselineSolves && u >= onlyCandidate + onlyBaseline);
            candidate[i] = candidateSolves ? 1 : 0;
            baseline[i] = baselineSolves ? 1 : 0;
        }
        return new Draw(ExampleScores.of(candidate), ExampleScores.of(baseline));
    }

    static GateQuestion question(Draw draw) {
        return GateQuestion.of(pair("target", draw, Direction.HIGHER_IS_BETTER));
    }

    static RunPair pair(String task, Draw draw, Direction direction) {
        return new RunPair(
                task, run("candidate", draw.candidate(), direction), run("baseline", draw.baseline(), direction));
    }

    static EvaluationRun run(String model, Scores scores, Direction direction) {
        return new EvaluationRun(model, "score", direction, "sha256:1", "1", scores);
    }
}
