package io.graft.engine.worker.robustness;

import io.graft.engine.data.Example;
import io.graft.engine.data.Example.LabelledPicture;
import io.graft.engine.data.ExampleReader;
import io.graft.engine.data.HoldoutSplit;
import io.graft.engine.data.PixelScaling;
import io.graft.engine.worker.training.DataRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures in the size in which a model reads them, before its normalisation.
 *
 * @param values of each picture, from 0 to 1, in the order channel, row, column; not to be changed
 * @param labels index of the label of each; not to be changed
 */
record Pictures(List<float[]> values, int[] labels, Shape shape) {
    Pictures {
        values = List.copyOf(values);
    }

    /** How a picture lies in its values. */
    record Shape(int channels, int height, int width) {
        int places() {
            return height * width;
        }

        @Override
        public String toString() {
            return channels + "x" + height + "x" + width;
        }
    }

    /**
     * Reads the rows that are measured on: those kept back, or all without a holdout.
     *
     * @param model folder with the model's {@code preprocessor_config.json}
     * @throws io.graft.engine.data.DataException naming rows with other labels, and pictures of other sizes
     */
    static Pictures read(Path model, DataRows rows, List<String> labels) throws IOException {
        HoldoutSplit split = rows.split(
                (name, limits) -> ExampleReader.pictures(rows.folder(), name, rows.roles(), labels, limits, model));
        List<Example> measured = split.held().isEmpty() ? split.train() : split.held();
        List<LabelledPicture> pictures =
                measured.stream().map(LabelledPicture.class::cast).toList();
        LabelledPicture first = pictures.getFirst();
        Shape shape = new Shape(first.channels(), first.height(), first.width());
        PixelScaling scaling = PixelScaling.of(model, shape.channels());
        List<float[]> values = new ArrayList<>(pictures.size());
        pictures.forEach(picture -> values.add(scaling.values(picture.pixels())));
        return new Pictures(
                values, pictures.stream().mapToInt(LabelledPicture::label).toArray(), shape);
    }

    int count() {
        return labels.length;
    }
}
