package io.graft.engine.worker.robustness;

import io.graft.engine.data.PixelScaling;
import io.graft.engine.metrics.robustness.Scorer;
import io.graft.engine.metrics.robustness.Surrogate;
import io.graft.engine.models.ImageClassifier;
import io.graft.engine.models.ModelException;
import io.graft.engine.models.OpenOptions;
import io.graft.engine.models.Task;
import io.graft.engine.tensors.Gradients;
import io.graft.engine.tensors.Scope;
import io.graft.engine.tensors.Tensor;
import io.graft.engine.tensors.Tensors;
import io.graft.engine.tensors.Torch;
import io.graft.engine.tensors.nn.Losses;
import io.graft.engine.worker.evaluation.Contender;
import io.graft.engine.worker.robustness.Pictures.Shape;
import io.graft.engine.worker.training.AdaptedModel;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A classifier that is asked for values from 0 to 1 and normalises by itself, so that a change of a value means the same for
 * every model. Labels are counted as {@link ModelLabels} does.
 */
final class PixelClassifier implements Surrogate {
    private final Torch torch;
    private final String name;
    private final ImageClassifier model;
    private final ModelLabels labels;
    private final Shape shape;
    private final Tensor scale;
    private final Tensor shift;

    private PixelClassifier(
            Torch torch, String name, ImageClassifier model, ModelLabels labels, Shape shape, PixelScaling scaling) {
        this.torch = torch;
        this.name = name;
        this.model = model;
        this.labels = labels;
        this.shape = shape;
        this.scale = channels(scaling.scale());
        this.shift = channels(scaling.shift());
    }

    private Tensor channels(double[] values) {
        float[] floats = new float[values.length];
        for (int c = 0; c < floats.length; c++) {
            floats[c] = (float) values[c];
        }
        return torch.root().keep(Tensors.of(torch, floats, 1, floats.length, 1, 1));
    }

    /**
     * Opens a version; only what is computed of its input can be differentiated.
     *
     * @throws ModelException if it has no trained head for its labels
     */
    static PixelClassifier open(Torch torch, Contender contender, ModelLabels labels, Shape shape) throws IOException {
        AdaptedModel adapted = AdaptedModel.open(
                torch,
                contender.weights(),
                new OpenOptions(Task.IMAGE_CLASSIFICATION, labels.own()),
                null,
                contender.name());
        if (contender.adapter().isPresent()) {
            adapted.load(torch, contender.adapter().get());
        } else if (!adapted.base().fresh().isEmpty()) {
            throw new ModelException(
                    contender.name(),
                    "it has no trained head for the labels " + labels.own() + ": "
                            + adapted.base().fresh() + " would be drawn at random; fine-tune it as a classifier first");
        }
        adapted.model().setTrainable(false);
        adapted.model().training(false);
        return new PixelClassifier(
                torch,
                contender.name(),
                (ImageClassifier) adapted.model(),
                labels,
                shape,
                PixelScaling.of(contender.weights(), shape.channels()));
    }

    /** Answers for one picture at a time. */
    Scorer scorer(int row) {
        return input -> probabilities(List.of(input), row)[0];
    }

    /**
     * The probability of each label of each picture.
     *
     * @param firstRow position of the first picture among the rows, for messages
     * @throws GraftException {@code NON_FINITE_SCORES} naming version and row
     */
    float[][] probabilities(List<float[]> pictures, int firstRow) {
        int width = labels.own().size();
        float[] scores = torch.withoutGradients(() -> {
            try (Scope scope = torch.scope()) {
                return logits(pixels(pictures)).toFloats();
            }
        });
        float[][] rows = new float[pictures.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = labels.inOrder(softmax(scores, row * width, width, firstRow + row));
        }
        return rows;
    }

    private float[] softmax(float[] scores, int at, int width, int row) {
        double highest = Double.NEGATIVE_INFINITY;
        boolean finite = true;
        for (int c = 0; c < width; c++) {
            highest = Math.max(highest, scores[at + c]);
            finite &= Float.isFinite(scores[at + c]);
        }
        if (!finite) {
            throw new GraftException(
                    ErrorCode.NON_FINITE_SCORES,
                    name + " gives row " + row + " scores that are no numbers: look for NaN or infinity in its weights,"
                            + " or train it again with a lower learning rate",
                    Map.of("version", name, "row", Integer.toString(row)));
        }
        double[] powers = new double[width];
        double sum = 0;
        for (int c = 0; c < width; c++) {
            powers[c] = Math.exp(scores[at + c] - highest);
            sum += powers[c];
        }
        float[] probabilities = new float[width];
        for (int c = 0; c < width; c++) {
            probabilities[c] = (float) (powers[c] / sum);
        }
        return probabilities;
    }

    @Override
    public float[] lossGradient(float[] input, int label) {
        return gradient(
                input,
                logits -> Losses.crossEntropy(logits, Tensors.of(torch, new int[] {labels.position(label)}, 1), 0));
    }

    /**
     * How much each place of a picture matters to the score of a label: the largest magnitude over its channels of the
     * score's gradient (Simonyan et al. 2014, arXiv 1312.6034).
     */
    double[] saliency(float[] input, int label) {
        float[] gradient = gradient(
                input, logits -> logits.select(1, labels.position(label)).sum());
        double[] map = new double[shape.places()];
        for (int i = 0; i < gradient.length; i++) {
            int place = i % map.length;
            map[place] = Math.max(map[place], Math.abs(gradient[i]));
        }
        return map;
    }

    private float[] gradient(float[] input, Function<Tensor, Tensor> scalar) {
        try (Scope scope = torch.scope()) {
            Tensor pixels = pixels(List.of(input)).requireGradient(true);
            return Gradients.of(scalar.apply(logits(pixels)), List.of(pixels))
                    .values()
                    .getFirst()
                    .toFloats();
        }
    }

    private Tensor logits(Tensor pixels) {
        return model.logits(pixels.mul(scale).add(shift));
    }

    private Tensor pixels(List<float[]> pictures) {
        int size = shape.channels() * shape.places();
        float[] all = new float[Math.multiplyExact(size, pictures.size())];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i), 0, all, i * size, size);
        }
        return Tensors.of(torch, all, pictures.size(), shape.channels(), shape.height(), shape.width());
    }
}
