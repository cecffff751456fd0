package io.graft.engine.metrics.comparison;

import java.util.stream.IntStream;

/**
 * Two systems on the same examples, candidate less baseline. Scores of 0 and 1 get the bounds of {@link TangoInterval};
 * others those of {@link Bootstrap}, widened while fewer than 10 examples differ: then the bootstrap has seen too few of
 * the events that matter, and the share of differing examples is bounded exactly and taken at the full span of the scores.
 */
public final class Comparison implements Bounds {
    private static final int ENOUGH_DIFFERING = 10;

    private final Scores candidate;
    private final Scores baseline;
    private final Bootstrap bootstrap;
    private final Bounds bounds;

    private Comparison(Scores candidate, Scores baseline, Bootstrap bootstrap, Bounds bounds) {
        this.candidate = candidate;
        this.baseline = baseline;
        this.bootstrap = bootstrap;
        this.bounds = bounds;
    }

    /**
     * Compares.
     *
     * @param resamples of the bootstrap, 100 or more
     * @throws io.graft.engine.metrics.MetricInputException for other numbers of examples
     */
    public static Comparison of(Scores candidate, Scores baseline, int resamples, long seed) {
        Bootstrap bootstrap = Bootstrap.paired(candidate, baseline, resamples, seed);
        if (candidate instanceof ExampleScores a && baseline instanceof ExampleScores b && bothBinary(a, b)) {
            return new Comparison(candidate, baseline, bootstrap, new TangoInterval(PairedCounts.of(a, b)));
        }
        int differing = (int) IntStream.range(0, candidate.size())
                .filter(i -> candidate.differs(baseline, i))
                .count();
        Bounds bounds = bootstrap;
        if (differing < ENOUGH_DIFFERING) {
            double span = Math.max(candidate.span(), baseline.span());
            bounds = new RareDifference(bootstrap, new ClopperPearson(differing, candidate.size()), span);
        }
        return new Comparison(candidate, baseline, bootstrap, bounds);
    }

    private static boolean bothBinary(ExampleScores a, ExampleScores b) {
        return a.isBinary() && b.isBinary();
    }

    private record RareDifference(Bounds seen, ClopperPearson differing, double span) implements Bounds {
        @Override
        public double estimate() {
            return seen.estimate();
        }

        @Override
        public double lower(double alpha) {
            return Math.min(seen.lower(alpha), -span * differing.upper(alpha));
        }

        @Override
        public double upper(double alpha) {
            return Math.max(seen.upper(alpha), span * differing.upper(alpha));
        }
    }

    /** The candidate's scores. */
    public Scores candidate() {
        return candidate;
    }

    /** The baseline's scores. */
    public Scores baseline() {
        return baseline;
    }

    /** How many examples. */
    public int size() {
        return candidate.size();
    }

    /** The resamples of the difference. */
    public Bootstrap bootstrap() {
        return bootstrap;
    }

    /** Whether the scores are all 0 or 1, so that {@link #mcNemar} applies. */
    public boolean isBinary() {
        return bounds instanceof TangoInterval;
    }

    /**
     * The exact test of no difference.
     *
     * @throws IllegalStateException if the scores are not binary
     */
    public McNemar mcNemar() {
        if (bounds instanceof TangoInterval(PairedCounts counts)) {
            return McNemar.of(counts.onlyCandidate(), counts.onlyBaseline());
        }
        throw new IllegalStateException("McNemar's test needs scores of 0 and 1; ask isBinary() first");
    }

    @Override
    public double estimate() {
        return bootstrap.estimate();
    }

    @Override
    public double lower(double alpha) {
        return bounds.lower(alpha);
    }

    @Override
    public double upper(double alpha) {
        return bounds.upper(alpha);
    }
}
