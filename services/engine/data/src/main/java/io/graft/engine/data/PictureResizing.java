package io.graft.engine.data;

import java.util.function.DoubleUnaryOperator;

/**
 * Resizing of one channel as Pillow does it: a separable filter, widened when shrinking so that no pixel is passed over,
 * along rows first, rounded to whole intensities after each
 * pass. Pillow 13 takes the cheaper pass first, which differs by two intensities at most.
 */
enum PictureResizing {
    /** The pixel whose area holds the centre; Pillow's 0. */
    NEAREST(0.5, x -> x > -0.5 && x <= 0.5 ? 1 : 0),
    /** Triangle; Pillow's 2. */
    BILINEAR(1, x -> Math.max(0, 1 - Math.abs(x))),
    /** Keys' cubic with a = -0.5; Pillow's 3. */
    BICUBIC(2, PictureResizing::cubic);

    private final double support;
    private final DoubleUnaryOperator filter;

    PictureResizing(double support, DoubleUnaryOperator filter) {
        this.support = support;
        this.filter = filter;
    }

    private static double cubic(double x) {
        double d = Math.abs(x);
        double a = -0.5;
        if (d < 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }

    /** @param plane intensities from 0 to 255, row by row */
    int[] resize(int[] plane, int height, int width, int newHeight, int newWidth) {
        int[] narrow = new int[height * newWidth];
        for (int y = 0; y < height; y++) {
            line(plane, y * width, 1, width, narrow, y * newWidth, 1, newWidth);
        }
        int[] resized = new int[newHeight * newWidth];
        for (int x = 0; x < newWidth; x++) {
            line(narrow, x, newWidth, height, resized, x, newWidth, newHeight);
        }
        return resized;
    }

    private void line(int[] from, int start, int step, int length, int[] to, int toStart, int toStep, int toLength) {
        double scale = (double) length / toLength;
        double wide = this == NEAREST ? 1 : Math.max(1, scale);
        for (int i = 0; i < toLength; i++) {
            double centre = (i + 0.5) * scale;
            if (this == NEAREST) {
                to[toStart + i * toStep] = from[start + Math.min(length - 1, (int) centre) * step];
                continue;
            }
            int first = Math.max(0, (int) (centre - support * wide + 0.5));
            int last = Math.min(length, (int) (centre + support * wide + 0.5));
            double sum = 0;
            double weights = 0;
            for (int j = first; j < last; j++) {
                double weight = filter.applyAsDouble((j - centre + 0.5) / wide);
                sum += weight * from[start + j * step];
                weights += weight;
            }
            to[toStart + i * toStep] = Math.clamp(Math.round(sum / weights), 0, 255);
        }
    }
}
