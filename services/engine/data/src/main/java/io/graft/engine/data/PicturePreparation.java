package io.graft.engine.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.graft.engine.data.Example.LabelledPicture;
import io.graft.platform.datasets.row.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code preprocessor_config.json} does to a picture, in transformers' order: resize, crop the centre, rescale,
 * normalise. Grey pictures become three equal channels where the model has three.
 *
 * @param size null to keep it
 * @param crop height and width cut from the centre; null to keep all
 * @param factor what intensities are multiplied with
 * @param mean by channel, subtracted after rescaling; empty to keep
 * @param deviation by channel, divided by; empty to keep
 * @param channels of the model, 0 for those of the picture
 */
record PicturePreparation(
        @Nullable Size size,
        int @Nullable [] crop,
        PictureResizing resizing,
        double factor,
        double[] mean,
        double[] deviation,
        int channels) {

    /** Either both sides, or the shortest one with the other in proportion. */
    record Size(int height, int width, int shortest) {
        int[] of(int fromHeight, int fromWidth) {
            if (shortest == 0) {
                return new int[] {height, width};
            }
            int longest = (int) ((double) shortest * Math.max(fromHeight, fromWidth) / Math.min(fromHeight, fromWidth));
            return fromHeight <= fromWidth ? new int[] {shortest, longest} : new int[] {longest, shortest};
        }
    }

    static PicturePreparation of(Path folder) throws IOException {
        JsonNode config = JsonFile.read(folder.resolve("preprocessor_config.json"));
        double[] mean = numbers(config, "do_normalize", "image_mean");
        double[] deviation = numbers(config, "do_normalize", "image_std");
        if (mean.length != deviation.length) {
            throw new DataException("preprocessor_config.json has " + mean.length + " values of image_mean and "
                    + deviation.length + " of image_std. Give one of each a channel.");
        }
        int channels = mean.length > 0
                ? mean.length
                : JsonFile.read(folder.resolve("config.json"))
                        .path("num_channels")
                        .asInt(0);
        return new PicturePreparation(
                config.path("do_resize").asBoolean(config.has("size")) ? size(config.path("size")) : null,
                config.path("do_center_crop").asBoolean(false) ? sides(config.path("crop_size")) : null,
                resizing(config.path("resample").asInt(2)),
                config.path("do_rescale").asBoolean(true)
                        ? config.path("rescale_factor").asDouble(1 / 255.0)
                        : 1,
                mean,
                deviation,
                channels);
    }

    private static double[] numbers(JsonNode config, String wanted, String key) {
        JsonNode values = config.path(key);
        return config.path(wanted).asBoolean(values.isArray())
                ? IntStream.range(0, values.size())
                        .mapToDouble(i -> values.get(i).asDouble())
                        .toArray()
                : new double[0];
    }

    private static Size size(JsonNode size) {
        int shortest = size.path("shortest_edge").asInt(0);
        if (shortest > 0) {
            return new Size(0, 0, shortest);
        }
        int[] sides = sides(size);
        return new Size(sides[0], sides[1], 0);
    }

    private static int[] sides(JsonNode size) {
        int height = size.isInt() ? size.asInt() : size.path("height").asInt(0);
        int width = size.isInt() ? size.asInt() : size.path("width").asInt(0);
        if (height < 1 || width < 1) {
            throw new DataException(
                    "preprocessor_config.json has the size " + size + ". Give it height and width, or shortest_edge.");
        }
        return new int[] {height, width};
    }

    private static PictureResizing resizing(int resample) {
        return switch (resample) {
            case 0 -> PictureResizing.NEAREST;
            case 2 -> PictureResizing.BILINEAR;
            case 3 -> PictureResizing.BICUBIC;
            default ->
                throw new DataException("preprocessor_config.json resamples by " + resample
                        + ". Use 0 (nearest), 2 (bilinear) or 3 (bicubic).");
        };
    }

    LabelledPicture prepare(Picture picture, int label) {
        int count = channels == 0 ? picture.channels() : channels;
        if (count != picture.channels() && picture.channels() != 1) {
            throw new DataException("Pictures of " + picture.channels() + " channels do not fit a model of " + count
                    + ". Save them in grey, or choose another model.");
        }
        int height = picture.height();
        int width = picture.width();
        int[] to = size == null ? new int[] {height, width} : size.of(height, width);
        int[] kept = crop == null ? to : crop;
        if (kept[0] > to[0] || kept[1] > to[1]) {
            throw new DataException("preprocessor_config.json cuts " + kept[0] + "x" + kept[1] + " from pictures of "
                    + to[0] + "x" + to[1] + ". Make the crop smaller than the size.");
        }
        float[] pixels = new float[count * kept[0] * kept[1]];
        for (int channel = 0; channel < count; channel++) {
            int[] plane = plane(picture, Math.min(channel, picture.channels() - 1));
            int[] resized =
                    to[0] == height && to[1] == width ? plane : resizing.resize(plane, height, width, to[0], to[1]);
            scale(resized, to, kept, channel, pixels);
        }
        return new LabelledPicture(pixels, count, kept[0], kept[1], label);
    }

    private static int[] plane(Picture picture, int channel) {
        int[] plane = new int[picture.height() * picture.width()];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = picture.sample(i / picture.width(), i % picture.width(), channel);
        }
        return plane;
    }

    private void scale(int[] plane, int[] size, int[] kept, int channel, float[] into) {
        double subtracted = mean.length == 0 ? 0 : mean[channel];
        double divisor = deviation.length == 0 ? 1 : deviation[channel];
        int top = (size[0] - kept[0]) / 2;
        int left = (size[1] - kept[1]) / 2;
        int at = channel * kept[0] * kept[1];
        for (int y = 0; y < kept[0]; y++) {
            for (int x = 0; x < kept[1]; x++) {
                int intensity = plane[(top + y) * size[1] + left + x];
                into[at++] = (float) ((intensity * factor - subtracted) / divisor);
            }
        }
    }
}
