package io.graft.engine.data;

import org.jspecify.annotations.Nullable;

/** One row, ready for a model. Arrays are not copied and not to be changed. */
public sealed interface Example {
    /** The label of a token that nothing is learnt from, as in PyTorch's cross entropy. */
    int NOT_LEARNT = -100;

    /**
     * A text, or two, with its class.
     *
     * @param ids tokens, special ones included
     * @param types 0 for tokens of the first text and 1 for those of the second, as many as {@code ids}; null for one text
     * @param label index of the class
     */
    record LabelledTokens(int[] ids, int @Nullable [] types, int label) implements Example {}

    /**
     * A text to continue.
     *
     * @param ids tokens, special ones included
     * @param labels the ids, and {@link #NOT_LEARNT} where nothing is learnt; as many, not shifted
     */
    record TokenSequence(int[] ids, int[] labels) implements Example {}

    /**
     * Texts that belong together.
     *
     * @param anchor tokens, special ones included, as in the others
     * @param negative a text that does not belong to the anchor, null if none is known
     */
    record TokenPair(int[] anchor, int[] positive, int @Nullable [] negative) implements Example {}

    /**
     * A picture with its class.
     *
     * @param pixels rescaled and normalised, in the order channel, row, column
     * @param label index of the class
     */
    record LabelledPicture(float[] pixels, int channels, int height, int width, int label) implements Example {}
}
