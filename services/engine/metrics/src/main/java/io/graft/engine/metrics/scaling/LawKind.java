package io.graft.engine.metrics.scaling;

/** The form of a law (Isik et al. 2024, arXiv 2402.04177). */
public enum LawKind {
    /** {@code L(D) = E + A / D^alpha}, for losses. */
    CROSS_ENTROPY(1e-3) {
        @Override
        LawFamily family(double centre) {
            return new CrossEntropyFamily(centre);
        }

        @Override
        boolean improves(double before, double after) {
            return after < before;
        }
    },
    /** {@code f(D) = (log(A D^alpha))^beta}, for BLEU and scores like it. */
    LOG_LAW(0.1) {
        @Override
        LawFamily family(double centre) {
            return new LogFamily(centre);
        }

        @Override
        boolean improves(double before, double after) {
            return after > before;
        }
    };

    private final double huberDelta;

    LawKind(double huberDelta) {
        this.huberDelta = huberDelta;
    }

    abstract LawFamily family(double centre);

    /** Whether a score is better than the one before. */
    abstract boolean improves(double before, double after);

    /** The usual width of the quadratic part of the loss, in units of the logarithm of the score. */
    public double usualHuberDelta() {
        return huberDelta;
    }
}
