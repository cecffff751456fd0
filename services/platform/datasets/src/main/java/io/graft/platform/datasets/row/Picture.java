package io.graft.platform.datasets.row;

/** A decoded picture: rows from the top, pixels from the left, channels interleaved, 8 bits each. Not copied. */
public final class Picture {
    private final int width;
    private final int height;
    private final int channels;
    private final byte[] samples;

    /**
     * @param channels 1 for grey, 3 for red, green, blue
     * @param samples height * width * channels unsigned bytes, taken over and not to be changed afterwards
     */
    public Picture(int width, int height, int channels, byte[] samples) {
        if (samples.length != Math.multiplyExact(Math.multiplyExact(width, height), channels)) {
            throw new IllegalArgumentException(
                    samples.length + " samples for " + width + "x" + height + "x" + channels);
        }
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.samples = samples;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** 1 or 3. */
    public int channels() {
        return channels;
    }

    /** The intensity from 0 to 255. */
    public int sample(int row, int column, int channel) {
        return Byte.toUnsignedInt(samples[(row * width + column) * channels + channel]);
    }
}
