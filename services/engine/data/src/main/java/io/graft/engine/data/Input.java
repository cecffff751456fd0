package io.graft.engine.data;

/** What of a row a model computes from, without what it should answer. Arrays are not copied and not to be changed. */
public sealed interface Input {
    /**
     * A text.
     *
     * @param ids tokens, special ones included
     */
    record Tokens(int[] ids) implements Input {}

    /**
     * A picture.
     *
     * @param pixels rescaled and normalised, in the order channel, row, column
     */
    record Pixels(float[] pixels, int channels, int height, int width) implements Input {}
}
