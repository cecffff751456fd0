package io.graft.engine.data.picture;

import io.graft.platform.datasets.row.Picture;

/** Makes pictures pixel by pixel. */
final class Raster {
    static final int WHITE = 255;

    private Raster() {}

    /** The intensity of one pixel in one channel; rounded, and cut to 0 to 255. */
    @FunctionalInterface
    interface Intensity {
        double at(int row, int column, int channel);
    }

    /** A picture of the size and channels of another, in the order of its samples. */
    static Picture of(Picture like, Intensity intensity) {
        byte[] samples = new byte[like.height() * like.width() * like.channels()];
        int next = 0;
        for (int row = 0; row < like.height(); row++) {
            for (int column = 0; column < like.width(); column++) {
                for (int channel = 0; channel < like.channels(); channel++) {
                    samples[next++] = (byte) Math.clamp(Math.round(intensity.at(row, column, channel)), 0, WHITE);
                }
            }
        }
        return new Picture(like.width(), like.height(), like.channels(), samples);
    }

    /** The intensity of a pixel, 0 outside. */
    static int at(Picture picture, int row, int column, int channel) {
        boolean inside = row >= 0 && row < picture.height() && column >= 0 && column < picture.width();
        return inside ? picture.sample(row, column, channel) : 0;
    }

    /** The intensity between pixels, by the shares of the four nearest. */
    static double between(Picture picture, double row, double column, int channel) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down)
                        * ((1 - right) * at(picture, top, left, channel) + right * at(picture, top, left + 1, channel))
                + down
                        * ((1 - right) * at(picture, top + 1, left, channel)
                                + right * at(picture, top + 1, left + 1, channel));
    }
}
