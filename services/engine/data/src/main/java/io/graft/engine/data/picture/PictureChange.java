package io.graft.engine.data.picture;

import io.graft.platform.datasets.row.Picture;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * Changes a picture by chance, within a range; the same draw always makes the same change. What comes in from outside of the
 * picture is black. Intensities are rounded to whole numbers from 0 to 255.
 */
public sealed interface PictureChange {
    /** The changed picture, of the same size and channels. */
    Picture apply(Picture picture, SplittableRandom draw);

    /**
     * Moves by whole pixels, each way from {@code -most} to {@code most} alike.
     *
     * @param most at least 1
     */
    record Shift(int most) implements PictureChange {
        @Override
        public Picture apply(Picture picture, SplittableRandom draw) {
            int right = draw.nextInt(2 * most + 1) - most;
            int down = draw.nextInt(2 * most + 1) - most;
            return Raster.of(
                    picture, (row, column, channel) -> Raster.at(picture, row - down, column - right, channel));
        }
    }

    /** Mirrors left to right with a probability. */
    record Flip(double probability) implements PictureChange {
        @Override
        public Picture apply(Picture picture, SplittableRandom draw) {
            return draw.nextDouble() >= probability
                    ? picture
                    : Raster.of(
                            picture,
                            (row, column, channel) -> picture.sample(row, picture.width() - 1 - column, channel));
        }
    }

    /** Turns about the centre by up to some degrees either way, interpolating between the four nearest pixels. */
    record Rotation(double degrees) implements PictureChange {
        @Override
        public Picture apply(Picture picture, SplittableRandom draw) {
            return turned(picture, (2 * draw.nextDouble() - 1) * degrees);
        }

        /** Turned to the left by an angle. */
        static Picture turned(Picture picture, double degrees) {
            double cosine = Math.cos(Math.toRadians(degrees));
            double sine = Math.sin(Math.toRadians(degrees));
            double middleRow = (picture.height() - 1) / 2.0;
            double middleColumn = (picture.width() - 1) / 2.0;
            return Raster.of(picture, (row, column, channel) -> {
                double x = column - middleColumn;
                double y = row - middleRow;
                return Raster.between(
                        picture, middleRow + sine * x + cosine * y, middleColumn + cosine * x - sine * y, channel);
            });
        }
    }

    /** Inverts the contrast with a probability. */
    record Inversion(double probability) implements PictureChange {
        @Override
        public Picture apply(Picture picture, SplittableRandom draw) {
            return draw.nextDouble() >= probability
                    ? picture
                    : Raster.of(picture, (row, column, channel) -> Raster.WHITE - picture.sample(row, column, channel));
        }
    }

    /** Multiplies all intensities by one factor from {@code 1 - range} to {@code 1 + range}. */
    record Brightness(double range) implements PictureChange {
        @Override
        public Picture apply(Picture picture, SplittableRandom draw) {
            double factor = 1 + (2 * draw.nextDouble() - 1) * range;
            return Raster.of(picture, (row, column, channel) -> factor * picture.sample(row, column, channel));
        }
    }

    /**
     * Adds normal noise to each intensity.
     *
     * @param deviation where black is 0 and white is 1
     */
    record Noise(double deviation) implements PictureChange {
        @Override
        public Picture apply(Picture picture, SplittableRandom draw) {
            return Raster.of(
                    picture,
                    (row, column, channel) ->
                            picture.sample(row, column, channel) + draw.nextGaussian() * deviation * Raster.WHITE);
        }
    }

    /** Blurs by a Gaussian whose standard deviation is drawn from 0 to some pixels; beyond an edge its pixels go on. */
    record Blur(double most) implements PictureChange {
        @Override
        public Picture apply(Picture picture, SplittableRandom draw) {
            return blurred(picture, draw.nextDouble() * most);
        }

        /** Blurred, along the rows and then along the columns; weights beyond three deviations are 0. */
        static Picture blurred(Picture picture, double deviation) {
            double[] weights = weights(deviation);
            Picture rows = Raster.of(
                    picture,
                    (row, column, channel) -> sum(
                            weights,
                            offset -> picture.sample(
                                    row, Math.clamp((long) column + offset, 0, picture.width() - 1), channel)));
            return Raster.of(
                    rows,
                    (row, column, channel) -> sum(
                            weights,
                            offset -> rows.sample(
                                    Math.clamp((long) row + offset, 0, rows.height() - 1), column, channel)));
        }

        private static double sum(double[] weights, IntToDoubleFunction value) {
            int radius = weights.length / 2;
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * value.applyAsDouble(i - radius);
            }
            return sum;
        }

        /** Add up to 1. */
        private static double[] weights(double deviation) {
            int radius = (int) Math.ceil(3 * deviation);
            double[] weights = new double[2 * radius + 1];
            double total = 0;
            for (int i = 0; i < weights.length; i++) {
                double distance = radius == 0 ? 0 : (i - radius) / deviation;
                weights[i] = Math.exp(-distance * distance / 2);
                total += weights[i];
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= total;
            }
            return weights;
        }
    }
}
