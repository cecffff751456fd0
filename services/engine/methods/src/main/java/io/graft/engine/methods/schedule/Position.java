package io.graft.engine.methods.schedule;

/**
 * How far a run has come.
 *
 * @param step optimizer steps already made; 0 before the first
 * @param tokens tokens, or examples where there are none, already consumed
 */
public record Position(long step, long tokens) {
    /** Refuses negative counts. */
    public Position {
        if (step < 0 || tokens < 0) {
            throw new IllegalArgumentException("a position counts from 0: step " + step + ", tokens " + tokens);
        }
    }

    /** A position of a schedule that does not look at tokens. */
    public static Position atStep(long step) {
        return new Position(step, 0);
    }
}
