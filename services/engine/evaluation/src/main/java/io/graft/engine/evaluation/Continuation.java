package io.graft.engine.evaluation;

import java.util.Arrays;

/**
 * Tokens to score given tokens before them. Arrays are not copied and not to be changed.
 *
 * @param context at least one token; those at its beginning are left out where both together are too long
 * @param scored at least one token, and at most as many as the model reads
 */
record Continuation(int[] context, int[] scored) {
    /** What the model reads: both, without the last token, and of at most so many tokens. */
    int[] input(int maxLength) {
        int[] both = Arrays.copyOf(context, context.length + scored.length);
        System.arraycopy(scored, 0, both, context.length, scored.length);
        return Arrays.copyOfRange(both, Math.max(0, both.length - maxLength - 1), both.length - 1);
    }
}
