package io.graft.engine.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What {@code preprocessor_config.json} does to intensities after resizing, between values from 0 to 1 and what a model
 * reads: {@code model = value * scale + shift} for each channel. Arrays are not copied and not to be changed.
 *
 * @param scale by channel, finite and not 0
 * @param shift by channel
 */
public record PixelScaling(double[] scale, double[] shift) {
    private static final int MOST = 255;

    /**
     * Of a model's folder.
     *
     * @param channels of the pictures as the model reads them
     * @throws DataException if the file makes all intensities equal, so that nothing leads back
     */
    public static PixelScaling of(Path folder, int channels) throws IOException {
        PicturePreparation preparation = PicturePreparation.of(folder);
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int c = 0; c < channels; c++) {
            double deviation =
                    preparation.deviation().length == 0 ? 1 : preparation.deviation()[c];
            scale[c] = MOST * preparation.factor() / deviation;
            shift[c] = preparation.mean().length == 0 ? 0 : -preparation.mean()[c] / deviation;
            if (!Double.isFinite(scale[c]) || scale[c] == 0 || !Double.isFinite(shift[c])) {
                throw new DataException("preprocessor_config.json makes all intensities of channel " + c
                        + " equal or endless (rescale_factor " + preparation.factor() + ", image_std " + deviation
                        + "). Give it numbers above 0.");
            }
        }
        return new PixelScaling(scale, shift);
    }

    /**
     * The values from 0 to 1, whole intensities over 255, of pixels that were prepared for the model.
     *
     * @param prepared in the order channel, row, column
     */
    public float[] values(float[] prepared) {
        float[] values = new float[prepared.length];
        int plane = prepared.length / scale.length;
        for (int i = 0; i < values.length; i++) {
            int c = i / plane;
            long intensity = Math.round((prepared[i] - shift[c]) / scale[c] * MOST);
            values[i] = (float) Math.clamp(intensity, 0, MOST) / MOST;
        }
        return values;
    }
}
